package dev.flowmail.api.temporal;

import io.temporal.api.enums.v1.ActivityExecutionStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.ActivityClient;

/** Whether what Temporal knows of still goes on. What is paused goes on as soon as an operator lets it. */
final class OpenStatus {
    private OpenStatus() {}

    static boolean isOpen(WorkflowExecutionStatus status) {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
    }

    /** Asks Temporal about a standalone activity. */
    static boolean isOpen(ActivityClient activities, String activityId) {
        return isOpen(activities.getHandle(activityId, null).describe().getStatus());
    }

    static boolean isOpen(ActivityExecutionStatus status) {
        return status == ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING
                || status == ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_PAUSED;
    }
}
