package dev.flowmail.api.temporal;

import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.decision.DecisionRequest;
import io.nexusrpc.OperationException;
import io.nexusrpc.handler.HandlerException;
import io.nexusrpc.handler.HandlerException.ErrorType;
import io.nexusrpc.handler.OperationCancelDetails;
import io.nexusrpc.handler.OperationContext;
import io.nexusrpc.handler.OperationHandler;
import io.nexusrpc.handler.OperationStartDetails;
import io.nexusrpc.handler.OperationStartResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.CanceledFailure;
import io.temporal.nexus.WorkflowRunOperation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has the SDK start the workflow with what tells the operation's caller of its end. */
final class DecisionRunOperation implements DecisionOperation {

    /** A closed run's result is there at once. */
    private static final long PATIENCE_SECONDS = 5;

    private final WorkflowClient workflows;
    private final DecisionStarts decisions;
    private final OperationHandler<Run, ApprovalResult> handler;

    DecisionRunOperation(WorkflowClient workflows, DecisionStarts decisions) {
        this.workflows = workflows;
        this.decisions = decisions;
        this.handler = WorkflowRunOperation.fromWorkflowHandle(
                (context, details, run) -> decisions.joined(run.workflowId, run.request));
    }

    /** What is to be run. */
    private record Run(String workflowId, DecisionRequest request) {}

    @Override
    public OperationStartResult<ApprovalResult> start(
            OperationContext context, OperationStartDetails details, String workflowId, DecisionRequest request)
            throws OperationException {
        try {
            return decisions.inTurn(request, () -> start(context, details, new Run(workflowId, request)));
        } catch (WorkflowExecutionAlreadyStarted ended) {
            return OperationStartResult.sync(result(workflowId));
        }
    }

    private OperationStartResult<ApprovalResult> start(
            OperationContext context, OperationStartDetails details, Run run) {
        try {
            return handler.start(context, details, run);
        } catch (OperationException impossible) {
            throw new IllegalStateException("A run that starts has no end yet", impossible);
        }
    }

    private ApprovalResult result(String workflowId) throws OperationException {
        try {
            return workflows
                    .newUntypedWorkflowStub(workflowId)
                    .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, ApprovalResult.class);
        } catch (WorkflowException failed) {
            if (failed.getCause() instanceof CanceledFailure) {
                throw OperationException.canceled("The request of this key was withdrawn");
            }
            throw OperationException.failed("The request of this key has ended without a result: use another key");
        } catch (TimeoutException late) {
            throw new HandlerException(ErrorType.UNAVAILABLE, late);
        }
    }

    @Override
    public void cancel(OperationContext context, OperationCancelDetails details) {
        handler.cancel(context, details);
    }
}
