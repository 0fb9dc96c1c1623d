package dev.flowmail.workflows.decision;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/** Why an activity has failed. */
final class Failures {
    private Failures() {}

    static boolean ranOutOfTime(RuntimeException failure) {
        return failure instanceof ActivityFailure activity
                && activity.getRetryState() == RetryState.RETRY_STATE_TIMEOUT;
    }

    /**
     * What people are told of it.
     *
     * @param otherwise where the activity itself said nothing, as after a timeout
     */
    static String words(RuntimeException failure, String otherwise) {
        return failure.getCause() instanceof ApplicationFailure said ? said.getOriginalMessage() : otherwise;
    }
}
