package dev.flowmail.api.temporal;

import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.decision.DecisionRequest;
import io.nexusrpc.OperationException;
import io.nexusrpc.handler.OperationCancelDetails;
import io.nexusrpc.handler.OperationContext;
import io.nexusrpc.handler.OperationStartDetails;
import io.nexusrpc.handler.OperationStartResult;

/** A decision as a Nexus operation: the run's end is the operation's, and cancelling either cancels both. */
public interface DecisionOperation {

    /**
     * Starts a decision, or joins the one of this id that runs.
     *
     * @return the result at once where the one of this id has ended
     * @throws OperationException where that one was withdrawn, or has left no result
     */
    OperationStartResult<ApprovalResult> start(
            OperationContext context, OperationStartDetails details, String workflowId, DecisionRequest request)
            throws OperationException;

    /** Withdraws what {@link #start} has started. */
    void cancel(OperationContext context, OperationCancelDetails details);
}
