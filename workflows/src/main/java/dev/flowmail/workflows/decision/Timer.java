package dev.flowmail.workflows.decision;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** A timer with a label in Temporal's UI, which {@code Workflow.await} with a duration does not have. */
final class Timer {

    private final CompletablePromise<Void> over = Workflow.newPromise();
    private final CancellationScope scope;

    Timer(Instant due, String label) {
        Duration left = Duration.between(Run.now(), due);
        Duration length = left.compareTo(Duration.ZERO) > 0 ? left : Duration.ofMillis(1);
        TimerOptions options = TimerOptions.newBuilder().setSummary(label).build();
        scope = Workflow.newCancellationScope(() -> over.completeFrom(Workflow.newTimer(length, options)));
        scope.run();
    }

    boolean isOver() {
        return over.isCompleted();
    }

    void cancel() {
        scope.cancel();
    }
}
