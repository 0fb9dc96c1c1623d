package dev.flowmail.workflows.decision;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** What a run knows of itself: its id, its time, which a replay repeats, and its log, which a replay does not. */
final class Run {
    private Run() {}

    static String id() {
        return Workflow.getInfo().getWorkflowId();
    }

    /** When Temporal took the request. */
    static Instant acceptedAt() {
        return Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
    }

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** One line. */
    static void log(String what) {
        Workflow.getLogger(DecisionWorkflowImpl.class).info("{} {}", id(), what);
    }
}
