package dev.flowmail.api.temporal;

import dev.flowmail.api.files.OpenRequests;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.client.ActivityClient;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.StatusUtils;

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
                    () -> requestId.startsWith("send-") ? isSending(requestId) : isDeciding(requestId));
        } catch (RuntimeException noAnswer) {
            return !isUnknown(noAnswer);
        }
    }

    private boolean isDeciding(String workflowId) {
        return OpenStatus.isOpen(
                workflows.newUntypedWorkflowStub(workflowId).describe().getStatus());
    }

    private boolean isSending(String activityId) {
        return OpenStatus.isOpen(
                activities.getHandle(activityId, null).describe().getStatus());
    }

    /** Temporal has answered that it knows no such run, or none any more. */
    private static boolean isUnknown(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException answer) {
                return answer.getStatus().getCode() == Status.Code.NOT_FOUND
                        // then everything would seem to be unknown
                        && !StatusUtils.hasFailure(answer, NamespaceNotFoundFailure.class);
            }
        }
        return false;
    }
}
