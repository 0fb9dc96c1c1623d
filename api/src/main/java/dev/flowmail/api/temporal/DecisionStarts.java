package dev.flowmail.api.temporal;

import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.Priority;
import io.temporal.nexus.WorkflowHandle;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Starts decisions: a workflow each. */
final class DecisionStarts {

    private final WorkflowClient workflows;
    private final SearchAttributes attributes;
    private final Labels labels;
    private final Starts starts;
    private final Clock clock;
    private final boolean startsHere;
    private final EarlierRequests earlier;

    /** @param startsHere whether this process may do a request's first task itself */
    DecisionStarts(
            WorkflowClient workflows,
            SearchAttributes attributes,
            Labels labels,
            Starts starts,
            Clock clock,
            boolean startsHere) {
        this.workflows = workflows;
        this.attributes = attributes;
        this.labels = labels;
        this.starts = starts;
        this.clock = clock;
        this.startsHere = startsHere;
        this.earlier = new EarlierRequests(workflows);
    }

    Accepted ask(String workflowId, DecisionRequest request) {
        // what was copied for this id serves nobody where another one has the request
        return inTurn(request, () -> earlier.have(request) ? Accepted.ENDED : start(workflowId, request));
    }

    /** Without a look at what the first release accepted. */
    Accepted askAnew(String workflowId, DecisionRequest request) {
        return inTurn(request, () -> start(workflowId, request));
    }

    /** Hands a request over when its turn has come. */
    <T> T inTurn(DecisionRequest request, Supplier<T> start) {
        return starts.inTurn(turn(request), start);
    }

    private Accepted start(String workflowId, DecisionRequest request) {
        DecisionWorkflow workflow =
                stub(workflowId, request, WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL);
        try {
            var ignored = WorkflowClient.start(workflow::run, request.withSearchAttributes(attributes.available()));
            return Accepted.STARTED;
        } catch (WorkflowExecutionAlreadyStarted present) {
            WorkflowExecutionStatus status =
                    workflows.newUntypedWorkflowStub(workflowId).describe().getStatus();
            return OpenStatus.isOpen(status) ? Accepted.RUNNING : Accepted.ENDED;
        }
    }

    private Priority turn(DecisionRequest request) {
        return labels.of(request).turn(Urgency.DECISION);
    }

    /** The run of a request, as an operation's: who asks for one that runs already is told of its end as well. */
    WorkflowHandle<ApprovalResult> joined(String workflowId, DecisionRequest request) {
        DecisionWorkflow workflow =
                stub(workflowId, request, WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING);
        return WorkflowHandle.fromWorkflowMethod(workflow::run, request.withSearchAttributes(attributes.available()));
    }

    private DecisionWorkflow stub(String workflowId, DecisionRequest request, WorkflowIdConflictPolicy whenItRuns) {
        return workflows.newWorkflowStub(DecisionWorkflow.class, options(workflowId, request, whenItRuns));
    }

    private WorkflowOptions options(String workflowId, DecisionRequest request, WorkflowIdConflictPolicy whenItRuns) {
        Labels.Labelled label = labels.of(request);
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setWorkflowIdConflictPolicy(whenItRuns)
                .setDisableEagerExecution(!startsHere)
                .setTypedSearchAttributes(searchAttributes(label, request))
                .setPriority(turn(request))
                .setStaticSummary(label.summary(
                        request.subject(),
                        Labels.count(request.recipients().size(), "recipient") + ", "
                                + Labels.count(request.offered().size(), "outcome")))
                .build();
    }

    private io.temporal.common.SearchAttributes searchAttributes(Labels.Labelled label, DecisionRequest request) {
        var builder = label.searchAttributes();
        labels.set(builder, SearchAttributes.STATUS, Status.SENDING.attribute());
        labels.set(
                builder,
                SearchAttributes.DEADLINE,
                clock.instant().plus(request.rules().timeout()).atOffset(ZoneOffset.UTC));
        return builder.build();
    }
}
