package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.Decide.Proof;
import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.Manner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Looks at requests and hands them answers, sparing Temporal those that can change nothing. */
final class Answers {

    private static final int MOST_SIGNALS = 20;

    /** Where codes are asked for and typed. */
    private static final int MOST_SIGNALS_OF_PROOF = 200;

    private static final int REMEMBERED = 10_000;

    private final DecisionRuns runs;
    private final FlowNews flow;
    private final Cache<String, DecisionState> lastSeen = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(REMEMBERED)
            .build();
    private final Cache<String, AtomicInteger> signals = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofDays(1))
            .maximumSize(REMEMBERED)
            .build();

    Answers(DecisionRuns runs, Callbacks callbacks) {
        this.runs = runs;
        this.flow = new FlowNews(callbacks);
    }

    /** For whoever changes nothing: what is open may have been seen a few seconds ago. */
    Standing glance(DecisionLink link) {
        return seen(link, runs.glance(link));
    }

    Standing look(DecisionLink link) {
        return seen(link, runs.look(link.workflowId()));
    }

    private Standing seen(DecisionLink link, Standing standing) {
        if (standing instanceof Told told) {
            lastSeen.put(link.workflowId(), told.state().withoutExcerpt());
        }
        return standing;
    }

    /** Where the request stands once the answer has reached it. */
    Standing submit(Submission submission, @Nullable Visits visits) {
        DecisionLink link = submission.link();
        if (lastSeen(link).filter(state -> isFinal(state, submission)).isPresent()) {
            // An operator may have reset the run since: what is known is looked at once more, never answered from
            // memory.
            Standing standing = look(link);
            if (!(standing instanceof Told told) || isFinal(told.state(), submission)) {
                return standing;
            }
        }
        return mayBeSignalled(link) ? signal(submission, visits, submission.manner(), null) : look(link);
    }

    /** Where the request stands once the proof has reached it. */
    Standing prove(Submission submission, @Nullable Visits visits, Proof proof) {
        Manner seen = submission.manner();
        Manner manner = seen == null
                ? new Manner(Manner.PROOF, null, 0, List.of())
                : new Manner(Manner.PROOF, seen.pageAge(), seen.sweeps(), seen.marks());
        return signal(submission, visits, manner, proof);
    }

    private Standing signal(
            Submission submission, @Nullable Visits visits, @Nullable Manner manner, @Nullable Proof proof) {
        DecisionLink link = submission.link();
        boolean open = runs.decide(
                link.workflowId(),
                new Decide(
                        link.recipient(),
                        link.generation(),
                        submission.outcome(),
                        submission.comment(),
                        visits,
                        null,
                        manner,
                        proof,
                        submission.replaces()));
        signalsOf(link).incrementAndGet();
        return lookAfterSignal(link, open);
    }

    /** What was last seen of the request by this process; it may have moved on. */
    Optional<DecisionState> lastSeen(DecisionLink link) {
        return Optional.ofNullable(lastSeen.getIfPresent(link.workflowId()));
    }

    private Standing lookAfterSignal(DecisionLink link, boolean open) {
        try {
            Standing standing = open ? seen(link, runs.lookAfterAnswer(link.workflowId())) : look(link);
            return standing instanceof Told told
                    ? new Told(flow.await(told.state(), link, () -> look(link)))
                    : standing;
        } catch (ProblemException unreachable) {
            if (open) {
                // The signal is stored; only what became of it cannot be told.
                return new Standing.Unanswered();
            }
            throw unreachable;
        }
    }

    boolean mayBeSignalled(DecisionLink link) {
        int seen = lastSeen(link)
                .flatMap(state -> new Viewpoint(state, link).person())
                .map(DecisionState.Person::signals)
                .orElse(0);
        boolean proves = lastSeen(link).map(DecisionState::proof).isPresent();
        return Math.max(seen, signalsOf(link).get()) < (proves ? MOST_SIGNALS_OF_PROOF : MOST_SIGNALS);
    }

    private AtomicInteger signalsOf(DecisionLink link) {
        return signals.get(link.holder(), key -> new AtomicInteger());
    }

    private static boolean isFinal(DecisionState state, Submission submission) {
        Viewpoint viewpoint = new Viewpoint(state, submission.link());
        boolean isOver = state.hasEnded()
                || viewpoint.person().map(person -> person.answer() != null).orElse(true);
        return isOver && !viewpoint.changes(submission);
    }
}
