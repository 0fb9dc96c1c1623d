package dev.flowmail.api.decisions;

import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.decision.DecisionState;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The end of one request that this process's worker is to come to, and those who wait for it: they are told once Temporal has
 * recorded it, and no sooner. Not safe for several threads.
 */
final class ComingEnd {

    private @Nullable Conclusion conclusion;
    private @Nullable CompletableFuture<DecisionState> awaited;

    /** What Flow is told of an end, and what pages are. */
    private record Conclusion(LateAnswer answer, DecisionState state) {}

    /** This process's worker plays the request: it would know the end. */
    void expect() {
        awaited = new CompletableFuture<>();
    }

    /** It does so no longer: whoever waits asks Temporal. */
    void giveUp() {
        if (awaited != null && !awaited.isDone()) {
            awaited.cancel(false);
            awaited = null;
        }
    }

    /** What is done with the end; null where this process would not know. */
    @Nullable
    CompletableFuture<DecisionState> awaited() {
        return awaited;
    }

    /** The worker has come to an end; Temporal may not record it. */
    void conclude(LateAnswer answer, DecisionState state) {
        conclusion = new Conclusion(answer, state);
    }

    /** Something has come to the request: what the worker had come to is not its end. */
    void reopen() {
        conclusion = null;
        if (awaited != null && awaited.isDone()) {
            awaited = null;
        }
    }

    /** An end is recorded. Returns its state where it is the one that this worker has come to; null where it is another's. */
    @Nullable
    DecisionState record(LateAnswer answer) {
        if (conclusion == null || !conclusion.answer.equals(answer)) {
            giveUp();
            return null;
        }
        if (awaited != null) {
            awaited.complete(conclusion.state);
        }
        return conclusion.state;
    }
}
