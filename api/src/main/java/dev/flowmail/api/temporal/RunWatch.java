package dev.flowmail.api.temporal;

import dev.flowmail.api.attempts.Attempt;
import dev.flowmail.api.decisions.RememberedRuns;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;

/**
 * Tells the pages what this process's worker sees of requests: the first state, which Temporal has recorded with the start,
 * that a mail is on its way, that something has come, and that Flow is told of an end. Later states are not told: Temporal may refuse the task that made
 * one.
 */
public final class RunWatch extends WorkerInterceptorBase {

    private static final String STATE = "state";

    private final RememberedRuns runs;

    public RunWatch(RememberedRuns runs) {
        this.runs = runs;
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
        public WorkflowOutput execute(WorkflowInput input) {
            // what is replayed has moved on since
            if (!WorkflowUnsafe.isReplaying()
                    && next.handleQuery(new QueryInput(STATE, Header.empty(), new Object[0]))
                                    .getResult()
                            instanceof DecisionState state) {
                runs.begins(Workflow.getInfo().getWorkflowId(), state);
            }
            return super.execute(input);
        }

        @Override
        public void handleSignal(SignalInput input) {
            runs.moves(Workflow.getInfo().getWorkflowId());
            super.handleSignal(input);
        }

        @Override
        public UpdateOutput executeUpdate(UpdateInput input) {
            runs.moves(Workflow.getInfo().getWorkflowId());
            return super.executeUpdate(input);
        }
    }

    private final class Activity extends Attempt {
        Activity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            Object argument = input.getArguments().length == 0 ? null : input.getArguments()[0];
            if (argument instanceof Mail mail && mail.question() != null && info().getAttempt() == 1) {
                runs.mails(mail.question());
            }
            if (!(argument instanceof LateAnswer)) {
                return super.execute(input);
            }
            // the only sign of a cancellation or a deadline here
            runs.ends(request());
            ActivityOutput output = super.execute(input);
            if (output.getResult() instanceof Reached reached) {
                runs.reaches(request(), reached);
            }
            return output;
        }
    }
}
