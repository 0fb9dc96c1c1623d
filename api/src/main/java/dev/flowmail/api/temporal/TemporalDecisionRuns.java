package dev.flowmail.api.temporal;

import dev.flowmail.api.decisions.DecisionRuns;
import dev.flowmail.api.decisions.Standing;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryConditionallyRejectedException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks and signals decision workflows, one call each; a closed one costs up to three more. */
public final class TemporalDecisionRuns implements DecisionRuns {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalDecisionRuns.class);

    private final WorkflowClient all;
    private final WorkflowClient open;
    private final Pulse pulse = new Pulse();

    public TemporalDecisionRuns(WorkflowClient client) {
        this.all = client;
        // A query alone would answer for a terminated run as if it still waited.
        this.open = WorkflowClient.newInstance(
                client.getWorkflowServiceStubs(),
                WorkflowClientOptions.newBuilder(client.getOptions())
                        .setQueryRejectCondition(QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN)
                        .build());
    }

    @Override
    public Standing look(String workflowId, Duration longest) {
        return TemporalCalls.within(longest, () -> {
            Standing standing = lookAtRun(workflowId);
            // an operator's reset may have come while Temporal looked: then it spoke of the run before
            return standing instanceof Standing.Terminated ? lookAtRun(workflowId) : standing;
        });
    }

    private Standing lookAtRun(String workflowId) {
        try {
            DecisionState state = ask(open, workflowId);
            pulse.beat();
            return new Standing.Told(state);
        } catch (WorkflowQueryConditionallyRejectedException closed) {
            return lookAtClosed(workflowId, closed.getWorkflowExecutionStatus());
        } catch (WorkflowException failure) {
            return unanswered(failure);
        }
    }

    private Standing lookAtClosed(String workflowId, WorkflowExecutionStatus status) {
        if (OpenStatus.isOpen(status)) {
            // Paused: nobody is asked until an operator lets it go on. What was handed over is kept.
            return new Standing.Unanswered();
        }
        if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED
                || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT) {
            return new Standing.Terminated();
        }
        try {
            DecisionState state = ask(all, workflowId);
            return state.hasEnded() && state.held() == null ? new Standing.Told(state) : new Standing.Terminated();
        } catch (WorkflowException failure) {
            return unanswered(failure);
        }
    }

    private static DecisionState ask(WorkflowClient client, String workflowId) {
        return client.newWorkflowStub(DecisionWorkflow.class, workflowId).state();
    }

    private static Standing unanswered(WorkflowException failure) {
        if (failure instanceof WorkflowNotFoundException) {
            return new Standing.Forgotten();
        }
        if (failure.getCause() instanceof StatusRuntimeException cause
                && cause.getStatus().getCode() == Status.Code.UNAVAILABLE) {
            throw failure;
        }
        // No worker polls, or none has answered in time, or it could not: Temporal itself is there.
        return new Standing.Unanswered();
    }

    @Override
    public boolean decide(String workflowId, Decide answer) {
        return TemporalCalls.within(TemporalCalls.HAND_OVER, TemporalCalls.LONGEST, pulse::isBeating, () -> {
            try {
                all.newWorkflowStub(DecisionWorkflow.class, workflowId).decide(answer);
                pulse.beat();
                LOG.info("{} answer of recipient {} handed over", workflowId, answer.recipient() + 1);
                return true;
            } catch (WorkflowNotFoundException ended) {
                return false;
            }
        });
    }
}
