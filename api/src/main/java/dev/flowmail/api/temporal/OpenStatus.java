package dev.flowmail.api.temporal;

import io.temporal.api.enums.v1.ActivityExecutionStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;

/** Whether what Temporal knows of still goes on. What is paused goes on as soon as an operator lets it. */
final class OpenStatus {
    private OpenStatus() {}

    static boolean isOpen(WorkflowExecutionStatus status) {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
    }

    static boolean isOpen(ActivityExecutionStatus status) {
        return status == ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING
                || status == ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_PAUSED;
    }
}
