package dev.flowmail.api.temporal;

import static dev.flowmail.api.interceptors.ActivityInterceptor.firstOf;

import dev.flowmail.api.decisions.RunMemories;
import dev.flowmail.api.interceptors.ActivityInterceptor;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import org.jspecify.annotations.Nullable;

/**
 * Tells the pages what this process's worker sees of requests: the first state, which Temporal has recorded with the start,
 * that a mail is on its way, that something has come, and that Flow is told of an end, with the state that has made it. Other
 * states are not told: Temporal may refuse the task that made one.
 */
public final class RunWatch extends WorkerInterceptorBase {

    private static final String STATE = "state";

    private final RunMemories memories;

    public RunWatch(RunMemories memories) {
        this.memories = memories;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new Run(next);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Activity(next);
    }

    private final class Run extends WorkflowInboundCallsInterceptorBase {
        private final WorkflowInboundCallsInterceptor next;

        Run(WorkflowInboundCallsInterceptor next) {
            super(next);
            this.next = next;
        }

        @Override
        public void init(WorkflowOutboundCallsInterceptor outbound) {
            super.init(new WorkflowOutboundCallsInterceptorBase(outbound) {
                @Override
                public <R> WorkflowOutboundCallsInterceptor.ActivityOutput<R> executeActivity(
                        WorkflowOutboundCallsInterceptor.ActivityInput<R> input) {
                    if (!WorkflowUnsafe.isReplaying()
                            && firstOf(input.getArgs()) instanceof LateAnswer answer
                            && state() instanceof DecisionState state) {
                        memories.concludes(Workflow.getInfo().getWorkflowId(), answer, state);
                    }
                    return super.executeActivity(input);
                }
            });
        }

        @Override
        public WorkflowOutput execute(WorkflowInput input) {
            String workflowId = Workflow.getInfo().getWorkflowId();
            // what is replayed has moved on since
            if (!WorkflowUnsafe.isReplaying() && state() instanceof DecisionState state) {
                memories.begins(workflowId, state);
            }
            if (firstOf(input.getArguments()) instanceof DecisionRequest request && request.endsWithOneAnswer()) {
                memories.plays(workflowId);
            }
            try {
                return super.execute(input);
            } finally {
                // done, or not kept in memory any longer
                memories.leaves(workflowId);
            }
        }

        private @Nullable Object state() {
            return next.handleQuery(new QueryInput(STATE, Header.empty(), new Object[0]))
                    .getResult();
        }

        @Override
        public void handleSignal(SignalInput input) {
            String workflowId = Workflow.getInfo().getWorkflowId();
            if (firstOf(input.getArguments()) instanceof Decide answer) {
                memories.receives(workflowId, answer);
            } else {
                memories.moves(workflowId);
            }
            super.handleSignal(input);
        }

        @Override
        public UpdateOutput executeUpdate(UpdateInput input) {
            memories.moves(Workflow.getInfo().getWorkflowId());
            return super.executeUpdate(input);
        }
    }

    private final class Activity extends ActivityInterceptor {
        Activity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            Object argument = firstOf(input.getArguments());
            if (argument instanceof Mail mail && mail.question() != null && info().getAttempt() == 1) {
                memories.mails(mail.question());
                ActivityOutput output = super.execute(input);
                // until now nobody can have read it
                memories.mails(mail.question());
                return output;
            }
            // the only sign of the end of what a workflow has asked
            endForWorkflow(argument).ifPresent(end -> memories.moves(request()));
            if (!(argument instanceof LateAnswer answer)) {
                return super.execute(input);
            }
            // the only sign of a cancellation or a deadline here
            memories.ends(request(), answer);
            try {
                ActivityOutput output = super.execute(input);
                if (output.getResult() instanceof Reached reached) {
                    memories.reaches(request(), reached);
                }
                return output;
            } catch (RuntimeException | Error refused) {
                // whether Flow is asked again is the workflow's to say
                memories.moves(request());
                throw refused;
            }
        }
    }
}
