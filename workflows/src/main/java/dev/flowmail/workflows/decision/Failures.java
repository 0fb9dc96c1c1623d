package dev.flowmail.workflows.decision;

import io.temporal.failure.ApplicationFailure;

/** What people are told of an activity that has failed. */
final class Failures {
    private Failures() {}

    /** @param otherwise where the activity itself said nothing, as after a timeout */
    static String words(RuntimeException failure, String otherwise) {
        return failure.getCause() instanceof ApplicationFailure said ? said.getOriginalMessage() : otherwise;
    }
}
