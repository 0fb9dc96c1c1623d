package dev.flowmail.api.decisions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.Decide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A Temporal that says what a test wants and notes what it was told. */
final class FakeRuns implements DecisionRuns {

    final List<Decide> signals = new ArrayList<>();
    volatile int looks;

    /** How long the last one might take. */
    volatile Duration longestLook = Duration.ZERO;

    boolean unreachable;
    boolean closed;
    Function<List<Decide>, Standing> standing = signals -> new Standing.Unanswered();

    /** What a question waits for, given its workflow id; it is answered with what stood before. */
    Consumer<String> whileAsked = workflowId -> {};

    Runnable whileTold = () -> {};

    @Override
    public Standing look(String workflowId, Duration longest) {
        synchronized (this) {
            looks++;
            longestLook = longest;
        }
        requireReachable();
        Standing asked = standing.apply(signals);
        whileAsked.accept(workflowId);
        return asked;
    }

    @Override
    public boolean decide(String workflowId, Decide answer) {
        requireReachable();
        whileTold.run();
        if (!closed) {
            signals.add(answer);
        }
        return !closed;
    }

    private void requireReachable() {
        if (unreachable) {
            throw ProblemException.unavailable("Temporal cannot be reached", new IllegalStateException());
        }
    }
}
