package dev.flowmail.api.temporal;

import dev.flowmail.api.actions.RequestId;
import io.temporal.api.enums.v1.ActivityExecutionStatus;
import io.temporal.client.ActivityClient;
import io.temporal.client.WorkflowClient;
import java.util.function.Predicate;

/** Asks Temporal whether it has a request, so that asking for it again starts nothing. */
public final class AcceptedRequests implements Predicate<String> {

    private final WorkflowClient workflows;
    private final ActivityClient activities;

    public AcceptedRequests(WorkflowClient workflows, ActivityClient activities) {
        this.workflows = workflows;
        this.activities = activities;
    }

    /** @throws dev.flowmail.api.problems.ProblemException 503 when Temporal cannot be reached */
    @Override
    public boolean test(String requestId) {
        try {
            return TemporalCalls.within(
                    TemporalCalls.HAND_OVER,
                    () -> RequestId.isOfSend(requestId) ? isSent(requestId) : isAsked(requestId));
        } catch (RuntimeException failure) {
            if (TemporalCalls.saysUnknown(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private boolean isAsked(String workflowId) {
        return workflows.newUntypedWorkflowStub(workflowId).describe().getStatus() != null;
    }

    /** One that failed is sent again when it is asked for again. */
    private boolean isSent(String activityId) {
        ActivityExecutionStatus status =
                activities.getHandle(activityId, null).describe().getStatus();
        return OpenStatus.isOpen(status) || status == ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED;
    }
}
