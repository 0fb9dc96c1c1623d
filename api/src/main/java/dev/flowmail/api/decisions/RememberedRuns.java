package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.mail.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spares Temporal most looks: scanners fetch every link of a mail at once, while new requests want the same workers. Those who
 * look at one request at the same time share one question, and a request that was seen open a few seconds ago, or half a
 * minute while there is much to ask, is shown so again to a person who has not answered; so is one whose end is known to be
 * recorded. Where this process's worker plays a request that one answer ends, whoever looks after that answer waits for the
 * end and is told it as soon as it is recorded. All else is asked, few at the same time. Kept in this process, without order:
 * another one may show a request as open for these seconds longer, where the click is what decides. Safe for several threads.
 */
public final class RememberedRuns implements DecisionRuns {

    private static final Duration RECENTLY = Duration.ofSeconds(5);

    private static final Duration WHILE_BUSY = Duration.ofSeconds(30);

    /** A question takes some hundredths of a second, and is given up after three seconds. */
    private static final Duration SLOW = Duration.ofMillis(500);

    /** From a request's start to its mails, when many come at once. */
    private static final Duration STARTING = Duration.ofMinutes(1);

    /** Each is answered sooner than if all were asked at once, and clicks, which do not wait here, find Temporal less busy. */
    static final int LOOKS_AT_ONCE = 8;

    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    /** From an answer to its end where this process's worker plays the request: a moment, or this while all is busy. */
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    /** More than are looked at within seconds; each has a state of some kilobytes. */
    private static final int MOST = 5_000;

    private final DecisionRuns runs;
    private final BooleanSupplier isConnected;
    private final Ticker ticker;
    private final Semaphore turns = new Semaphore(LOOKS_AT_ONCE, true);
    private final LoadingCache<String, Memory> memories;

    /** When Temporal last took its time for a question or an answer. */
    private volatile long lastSlow;

    /** @param isConnected whether the connection to Temporal stands: without it nobody is shown what could not be answered */
    public RememberedRuns(DecisionRuns runs, BooleanSupplier isConnected) {
        this(runs, isConnected, Ticker.systemTicker());
    }

    RememberedRuns(DecisionRuns runs, BooleanSupplier isConnected, Ticker ticker) {
        this.runs = runs;
        this.isConnected = isConnected;
        this.ticker = ticker;
        this.lastSlow = ticker.read() - RECENTLY.toNanos();
        this.memories = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterAccess(STARTING)
                .maximumSize(MOST)
                .build(workflowId -> new Memory());
    }

    /** The place that a mail was addressed to. */
    private record Place(int recipient, int generation) {}

    @Override
    public Standing look(String workflowId) {
        Memory memory = memories.get(workflowId);
        Look look = memory.begin(ticker.read());
        // it is younger than any that others wait for
        memory.replaceShared(look);
        return ask(workflowId, memory, look);
    }

    @Override
    public Standing glance(DecisionLink link) {
        Memory memory = memories.get(link.workflowId());
        boolean connected = isConnected.getAsBoolean();
        DecisionState known = connected ? memory.known(link, longestMemory(), ticker.read()) : null;
        if (known != null) {
            return new Told(known);
        }
        Look mine = memory.begin(ticker.read());
        Look shared = memory.share(mine);
        if (shared != mine) {
            return shared.join();
        }
        if (!connected) {
            // there is nothing to spare, and whoever asks is to be told so in time
            return ask(link.workflowId(), memory, mine);
        }
        CompletableFuture<DecisionState> end = memory.isAnswered() ? memory.end() : null;
        return end != null
                ? endOrAsk(link.workflowId(), memory, mine, end, LONGEST_TURN)
                : askInTurn(link.workflowId(), memory, mine);
    }

    /** While all turns are taken, or Temporal takes its time, nobody waits in order to see what was seen a moment ago. */
    private Duration longestMemory() {
        boolean wasSlow = ticker.read() - lastSlow < RECENTLY.toNanos();
        return turns.availablePermits() > 0 && !wasSlow ? RECENTLY : WHILE_BUSY;
    }

    private void took(long begun) {
        long now = ticker.read();
        if (now - begun > SLOW.toNanos()) {
            lastSlow = now;
        }
    }

    private Standing askInTurn(String workflowId, Memory memory, Look look) {
        boolean isMyTurn = isTurn();
        try {
            return ask(workflowId, memory, look);
        } finally {
            if (isMyTurn) {
                turns.release();
            }
        }
    }

    /** Whoever has waited long is served all the same: what holds the others up may hold up only them. */
    private boolean isTurn() {
        try {
            return turns.tryAcquire(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Standing ask(String workflowId, Memory memory, Look look) {
        try {
            Standing standing = memory.keep(look, runs.look(workflowId));
            look.answer.complete(standing);
            return standing;
        } catch (RuntimeException | Error failure) {
            look.answer.completeExceptionally(failure);
            throw failure;
        } finally {
            took(look.begun);
            memory.unshare(look);
        }
    }

    @Override
    public Standing lookAfterAnswer(String workflowId) {
        Memory memory = memories.get(workflowId);
        CompletableFuture<DecisionState> end = memory.end();
        if (end == null) {
            return look(workflowId);
        }
        Look look = memory.begin(ticker.read());
        memory.replaceShared(look);
        return endOrAsk(workflowId, memory, look, end, LONGEST_END);
    }

    private Standing endOrAsk(
            String workflowId, Memory memory, Look look, CompletableFuture<DecisionState> end, Duration longest) {
        look.awaitsEnd = true;
        try {
            Standing standing = new Told(end.get(longest.toMillis(), TimeUnit.MILLISECONDS));
            look.answer.complete(standing);
            memory.unshare(look);
            return standing;
        } catch (TimeoutException | ExecutionException | CancellationException elsewhere) {
            return ask(workflowId, memory, look);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return ask(workflowId, memory, look);
        }
    }

    @Override
    public boolean decide(String workflowId, Decide answer) {
        long begun = ticker.read();
        try {
            return runs.decide(workflowId, answer);
        } finally {
            took(begun);
            // it may have arrived even where no answer says so
            inMemory(workflowId, memory -> memory.handsOver(answer));
        }
    }

    /** A request begins, and this process has its first state. */
    public void begins(String workflowId, DecisionState state) {
        memories.get(workflowId).begins(state, ticker.read());
    }

    /** This process's worker plays a request from now on: the next answer ends it, and this process will know. */
    public void plays(String workflowId) {
        memories.get(workflowId).plays();
    }

    /** It does so no longer. */
    public void leaves(String workflowId) {
        inMemory(workflowId, Memory::leaves);
    }

    /** An answer has come to a request. */
    public void receives(String workflowId, Decide answer) {
        inMemory(workflowId, memory -> memory.receives(answer));
    }

    /** This process's worker has come to an end of which Flow is to be told; Temporal may not record it. */
    public void concludes(String workflowId, LateAnswer answer, DecisionState state) {
        inMemory(workflowId, memory -> memory.concludes(answer, state));
    }

    /** The first try of a mail begins: Temporal has its request open at this moment, and nobody can have used its links. */
    public void mails(Question question) {
        inMemory(
                question.workflowId(),
                memory -> memory.mails(new Place(question.recipient(), question.generation()), ticker.read()));
    }

    /** Something has come to a request, or is about to: what was seen of it holds no longer. */
    public void moves(String workflowId) {
        inMemory(workflowId, memory -> memory.moves());
    }

    /** Flow is being told of the end, by this process: Temporal has recorded it. */
    public void ends(String workflowId, LateAnswer answer) {
        inMemory(workflowId, memory -> memory.ends(answer, ticker.read()));
    }

    /** Flow has taken what this process has told it. */
    public void reaches(String workflowId, Reached reached) {
        inMemory(workflowId, memory -> memory.reaches(reached, ticker.read()));
    }

    /** What nobody has looked at has nothing to be told. */
    private void inMemory(String workflowId, Consumer<Memory> change) {
        Memory memory = memories.getIfPresent(workflowId);
        if (memory != null) {
            change.accept(memory);
        }
    }

    /** A question to Temporal. */
    private static final class Look {
        private final long begun;
        private final int moves;
        private final boolean endIsRecorded;
        private final CompletableFuture<Standing> answer = new CompletableFuture<>();
        /** Whatever comes meanwhile, the end is the end. */
        private volatile boolean awaitsEnd;

        /**
         * @param moves of the request before it
         * @param endIsRecorded before it
         */
        Look(long begun, int moves, boolean endIsRecorded) {
            this.begun = begun;
            this.moves = moves;
            this.endIsRecorded = endIsRecorded;
        }

        /** Whoever asks stops after 3 s, and so do those who wait with it. */
        Standing join() {
            try {
                return answer.join();
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failure;
            }
        }
    }

    /** An end that this process's worker has come to: what Flow is told, and what pages are. */
    private record Conclusion(LateAnswer answer, DecisionState state) {}

    /** What was seen of one request. */
    private static final class Memory {
        private final Map<Place, Long> mailed = new HashMap<>();
        private @Nullable DecisionState state;
        private long seen;
        private int moves;
        private boolean endIsRecorded;
        private boolean isSeenSinceEnd;
        private @Nullable Look shared;
        private @Nullable Decide received;
        private @Nullable Conclusion conclusion;
        private @Nullable CompletableFuture<DecisionState> end;

        synchronized @Nullable DecisionState known(DecisionLink link, Duration longest, long now) {
            if (state == null || !(waitsFor(state, link) || isKnownToHaveEnded(state))) {
                return null;
            }
            Long itsMail = mailed.get(new Place(link.recipient(), link.generation()));
            boolean isRecent = now - seen < longest.toNanos()
                    || (itsMail != null && now - itsMail < RECENTLY.toNanos() && now - seen < STARTING.toNanos());
            return isRecent ? state : null;
        }

        private boolean isKnownToHaveEnded(DecisionState seenState) {
            return endIsRecorded
                    && seenState.hasEnded()
                    && (isSeenSinceEnd || seenState.callback() == CallbackStatus.REACHED);
        }

        private static boolean waitsFor(DecisionState state, DecisionLink link) {
            return !state.hasEnded()
                    && Instant.now().isBefore(state.deadline())
                    && DecisionPages.person(state, link)
                            .filter(person -> person.answer() == null)
                            .isPresent();
        }

        synchronized Look begin(long now) {
            return new Look(now, moves, endIsRecorded);
        }

        /** Whose answer is to be awaited: this look's, or that of one that others have begun since the last move. */
        synchronized Look share(Look look) {
            if (shared == null) {
                shared = look;
            }
            return shared;
        }

        synchronized void replaceShared(Look look) {
            shared = look;
        }

        synchronized void unshare(Look look) {
            if (shared == look) {
                shared = null;
            }
        }

        synchronized Standing keep(Look look, Standing standing) {
            if (look.moves == moves
                    && standing instanceof Told told
                    && (told.state().hasEnded() || !endIsRecorded)) {
                state = told.state();
                seen = look.begun;
                isSeenSinceEnd = look.endIsRecorded;
            }
            return standing;
        }

        synchronized void begins(DecisionState first, long now) {
            state = first;
            seen = now;
        }

        synchronized void mails(Place place, long now) {
            mailed.put(place, now);
        }

        synchronized void plays() {
            end = new CompletableFuture<>();
        }

        synchronized void leaves() {
            if (end != null && !end.isDone()) {
                end.cancel(false);
                end = null;
            }
        }

        /** The end that is to come; null where this process would not know. */
        synchronized @Nullable CompletableFuture<DecisionState> end() {
            return end;
        }

        /** Whether an answer has come, and nothing since. */
        synchronized boolean isAnswered() {
            return received != null;
        }

        synchronized void receives(Decide answer) {
            moves();
            // as it was handed over
            received = answer.in(null);
        }

        /** What has been seen since the answer came holds. */
        synchronized void handsOver(Decide answer) {
            if (!answer.equals(received)) {
                moves();
            }
        }

        synchronized void concludes(LateAnswer answer, DecisionState concluded) {
            conclusion = new Conclusion(answer, concluded);
        }

        synchronized void ends(LateAnswer answer, long now) {
            endIsRecorded = true;
            shared = null;
            if (conclusion != null && conclusion.answer.equals(answer)) {
                state = conclusion.state;
                seen = now;
                isSeenSinceEnd = true;
                if (end != null) {
                    end.complete(state);
                }
                return;
            }
            if (state != null && !state.hasEnded()) {
                state = null;
            }
            leaves();
        }

        synchronized void reaches(Reached reached, long now) {
            if (endIsRecorded && state != null && state.callback() == CallbackStatus.PENDING) {
                state = state.after(reached);
                seen = now;
            }
        }

        synchronized void moves() {
            moves++;
            endIsRecorded = false;
            state = null;
            mailed.clear();
            if (shared != null && !shared.awaitsEnd) {
                shared = null;
            }
            received = null;
            conclusion = null;
            if (end != null && end.isDone()) {
                end = null;
            }
        }
    }
}
