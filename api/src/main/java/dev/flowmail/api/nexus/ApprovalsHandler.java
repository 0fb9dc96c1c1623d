package dev.flowmail.api.nexus;

import dev.flowmail.api.actions.WorkflowDecisions;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.temporal.DecisionOperation;
import dev.flowmail.workflows.approvals.ApprovalResult;
import io.nexusrpc.handler.OperationHandler;
import io.nexusrpc.handler.OperationImpl;
import io.nexusrpc.handler.ServiceImpl;

/** The service, as the worker serves it. */
@ServiceImpl(service = Approvals.class)
public final class ApprovalsHandler {

    private final RequestDecision requestDecision;

    public ApprovalsHandler(WorkflowDecisions decisions, DecisionOperation operation, RequestMeters meters) {
        this.requestDecision = new RequestDecision(decisions, operation, meters);
    }

    @OperationImpl
    public OperationHandler<ApprovalRequest, ApprovalResult> requestDecision() {
        return requestDecision;
    }
}
