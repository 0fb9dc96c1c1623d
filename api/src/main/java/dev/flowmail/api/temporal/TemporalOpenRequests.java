package dev.flowmail.api.temporal;

import dev.flowmail.api.actions.RequestId;
import dev.flowmail.api.files.OpenRequests;
import io.temporal.client.ActivityClient;
import io.temporal.client.WorkflowClient;

/** Asks Temporal whether requests still run. */
public final class TemporalOpenRequests implements OpenRequests {

    private final WorkflowClient workflows;
    private final ActivityClient activities;

    public TemporalOpenRequests(WorkflowClient workflows, ActivityClient activities) {
        this.workflows = workflows;
        this.activities = activities;
    }

    @Override
    public boolean isOpen(String requestId) {
        try {
            return TemporalCalls.within(
                    TemporalCalls.HAND_OVER,
                    () -> RequestId.isOfSend(requestId)
                            ? OpenStatus.isOpen(activities, requestId)
                            : isDeciding(requestId));
        } catch (RuntimeException noAnswer) {
            return !TemporalCalls.saysUnknown(noAnswer);
        }
    }

    private boolean isDeciding(String workflowId) {
        return OpenStatus.isOpen(
                workflows.newUntypedWorkflowStub(workflowId).describe().getStatus());
    }
}
