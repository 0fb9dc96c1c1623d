package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.mail.Retries;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How Flow was told first by runs whose end was recorded by version 1.0: inside the workflow task, before Temporal had the
 * end. Only such runs take these steps again; a run that ends today is told of when its end is recorded.
 */
final class LocalFirstTry {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private LocalFirstTry() {}

    /**
     * Empty when an ordinary activity has to follow.
     *
     * @param told learns why it did not succeed
     * @throws ActivityFailure when Flow refused for good
     */
    static Optional<Reached> of(LateAnswer answer, String summary, Consumer<String> told) {
        try {
            return Optional.of(Workflow.newLocalActivityStub(
                            CallbackActivities.class,
                            LocalActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(PATIENCE)
                                    .setScheduleToCloseTimeout(PATIENCE)
                                    .setRetryOptions(Retries.ONCE)
                                    .setDoNotIncludeArgumentsIntoMarker(true)
                                    .setSummary(summary)
                                    .build())
                    .callBack(answer));
        } catch (ActivityFailure failure) {
            if (failure.getCause() instanceof ApplicationFailure cause
                    && cause.getType().equals(CallbackActivities.FLOW_REFUSED)) {
                throw failure;
            }
            told.accept(Failures.words(failure, "Flow did not answer at once"));
            return Optional.empty();
        }
    }
}
