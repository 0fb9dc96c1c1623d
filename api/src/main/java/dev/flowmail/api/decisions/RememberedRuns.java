package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Spares Temporal most looks: scanners fetch every link of a mail at once, while new requests want the same workers. Those who
 * look at one request at the same time share one question, and a request that was seen open a few seconds ago, or half a
 * minute while there is much to ask, is shown so again to a person who has not answered; so is one whose end is known to be
 * recorded. Where this process's worker plays a request that one answer ends, whoever looks after that answer waits for the
 * end and is told it as soon as it is recorded; whoever gave it and only looks again is told after a moment that it is not known
 * yet. All else is asked, few at the same time. Kept in this process, without order: another one may show a request as open for
 * these seconds longer, where the click is what decides. Safe for several threads.
 */
public final class RememberedRuns implements DecisionRuns {

    private static final Duration RECENTLY = Duration.ofSeconds(5);

    /** While all turns are taken, or Temporal takes its time, nobody waits in order to see what was seen a moment ago. */
    private static final Duration WHILE_BUSY = Duration.ofSeconds(30);

    /** From an answer to its end where this process's worker plays the request: a moment, or this while all is busy. */
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    /** How long whoever only looks at what they have answered waits for its end. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    /** After this the end may come elsewhere, and is asked about. */
    private static final Duration LONGEST_RECORDED = Duration.ofSeconds(10);

    private final DecisionRuns runs;
    private final RunMemories memories;
    private final BooleanSupplier isConnected;
    private final Ticker ticker;
    private final LookTurns turns;

    /** @param isConnected whether the connection to Temporal stands: without it nobody is shown what could not be answered */
    public RememberedRuns(DecisionRuns runs, RunMemories memories, BooleanSupplier isConnected) {
        this.runs = runs;
        this.memories = memories;
        this.isConnected = isConnected;
        this.ticker = memories.ticker();
        this.turns = new LookTurns(ticker);
    }

    @Override
    public Standing look(String workflowId, Duration longest) {
        RunMemory memory = memories.of(workflowId);
        return ask(workflowId, memory, beginShared(memory), longest);
    }

    /** It is younger than any that others wait for. */
    private Look beginShared(RunMemory memory) {
        Look look = memory.begin(ticker.read());
        memory.replaceShared(look);
        return look;
    }

    @Override
    public Standing glance(DecisionLink link) {
        RunMemory memory = memories.of(link.workflowId());
        Standing standing = glance(link, memory);
        return standing instanceof Standing.Unanswered && memory.hasAnswerOf(link, LONGEST_RECORDED, ticker.read())
                ? new Standing.Recorded()
                : standing;
    }

    private Standing glance(DecisionLink link, RunMemory memory) {
        String workflowId = link.workflowId();
        boolean connected = isConnected.getAsBoolean();
        Duration longest = turns.isBusy() ? WHILE_BUSY : RECENTLY;
        DecisionState known = connected ? memory.known(link, longest, ticker.read()) : null;
        if (known != null) {
            return new Told(known);
        }
        CompletableFuture<DecisionState> own =
                connected ? memory.endOfAnswerOf(link, LONGEST_RECORDED, ticker.read()) : null;
        if (own != null) {
            Optional<DecisionState> state = within(MOMENT, own);
            if (state.isPresent()) {
                return new Told(state.get());
            }
            if (!own.isDone()) {
                return new Standing.Recorded();
            }
        }
        Look mine = memory.begin(ticker.read());
        Look shared = memory.share(mine);
        if (shared != mine) {
            return shared.join();
        }
        if (!connected) {
            // there is nothing to spare, and whoever asks is to be told so in time
            return ask(workflowId, memory, mine, LONGEST_LOOK);
        }
        CompletableFuture<DecisionState> end = memory.endOfAnswer();
        if (end == null) {
            return turns.inTurn(() -> ask(workflowId, memory, mine, LONGEST_LOOK));
        }
        mine.awaitEnd();
        return within(LookTurns.LONGEST, end)
                .map(state -> answer(memory, mine, new Told(state)))
                .orElseGet(() -> ask(workflowId, memory, mine, LONGEST_LOOK));
    }

    @Override
    public Standing lookAfterAnswer(String workflowId) {
        RunMemory memory = memories.of(workflowId);
        CompletableFuture<DecisionState> end = memory.end();
        if (end == null) {
            return look(workflowId);
        }
        Look look = beginShared(memory);
        look.awaitEnd();
        Optional<DecisionState> state = within(LONGEST_END, end);
        Duration rest = LONGEST_LOOK.minus(LONGEST_END);
        if (state.isEmpty() && !end.isDone() && memory.endOfAnswer() == null) {
            // a question would come after the answer, which has not come to the worker yet
            return answer(
                    memory, look, within(rest, end).<Standing>map(Told::new).orElseGet(Standing.Unanswered::new));
        }
        return state.map(ended -> answer(memory, look, new Told(ended)))
                .orElseGet(() -> ask(workflowId, memory, look, rest));
    }

    /** An end, where it comes within a time; empty where it does not, and where it comes elsewhere, which is then done. */
    private static Optional<DecisionState> within(Duration longest, CompletableFuture<DecisionState> end) {
        try {
            return Optional.of(end.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException | CancellationException elsewhere) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Standing answer(RunMemory memory, Look look, Standing standing) {
        var ignored = look.answer(() -> standing);
        memory.unshare(look);
        return standing;
    }

    private Standing ask(String workflowId, RunMemory memory, Look look, Duration longest) {
        try {
            return look.answer(() -> memory.keep(look, runs.look(workflowId, longest)));
        } finally {
            turns.took(look.begun());
            memory.unshare(look);
        }
    }

    @Override
    public boolean decide(String workflowId, Decide answer) {
        long begun = ticker.read();
        try {
            boolean open = runs.decide(workflowId, answer);
            if (open) {
                memories.accepts(workflowId, answer);
            }
            return open;
        } finally {
            turns.took(begun);
            // it may have arrived even where no answer says so
            memories.handsOver(workflowId, answer);
        }
    }
}
