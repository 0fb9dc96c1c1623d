package dev.flowmail.api.temporal;

import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.client.ActivityException;
import io.temporal.client.ActivityHandle;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Requests of a debug run: whoever makes them waits, 30 s at most, for what becomes of their mails. */
final class DebugRuns {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** For Temporal to notice that the time is up, and to say so. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A moment before the run itself gives its mails up, which would look as if they were rejected. */
    private static final Duration DECISION = Duration.ofSeconds(29);

    private static final Duration QUERY = Duration.ofSeconds(3);
    private static final long QUERY_PAUSE_MILLIS = 250;

    private final WorkflowClient workflows;
    private final MailStarts mails;
    private final DecisionStarts decisions;

    DebugRuns(WorkflowClient workflows, MailStarts mails, DecisionStarts decisions) {
        this.workflows = workflows;
        this.mails = mails;
        this.decisions = decisions;
    }

    Delivery send(Mail mail, Origin origin) throws DeliveryUnknownException {
        return result(mails.sendOnce(mail, origin, LIMIT));
    }

    private static Delivery result(ActivityHandle<Delivery> sending) throws DeliveryUnknownException {
        try {
            return sending.getResult(LIMIT.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new DeliveryUnknownException();
        } catch (ActivityException failure) {
            // anything but the mail's own failure is a time-out, or somebody's doing in Temporal's UI
            if (failure.getCause() instanceof ApplicationFailure reason) {
                throw reason;
            }
            throw new DeliveryUnknownException();
        } catch (RuntimeException failure) {
            if (TemporalCalls.isOutOfReach(failure)) {
                throw new DeliveryUnknownException();
            }
            throw failure;
        }
    }

    DecisionState ask(String workflowId, DecisionRequest request) throws DeliveryUnknownException {
        long deadline = System.nanoTime() + DECISION.toNanos();
        Accepted accepted = decisions.askAnew(workflowId, request);
        DecisionWorkflow workflow = workflows.newWorkflowStub(DecisionWorkflow.class, workflowId);
        while (System.nanoTime() - deadline < 0) {
            DecisionState state = stateWhenSent(workflow);
            if (state != null) {
                return state;
            }
            pause();
        }
        if (accepted == Accepted.STARTED) {
            terminate(workflowId);
        }
        throw new DeliveryUnknownException();
    }

    /** Null while a mail is on its way, or nobody answers. */
    private static @Nullable DecisionState stateWhenSent(DecisionWorkflow workflow) {
        try {
            DecisionState state = TemporalCalls.within(QUERY, workflow::state);
            boolean isSending = state.people().stream().anyMatch(person -> person.mail() == MailStatus.SENDING);
            return isSending ? null : state;
        } catch (ProblemException | WorkflowException noAnswer) {
            return null;
        }
    }

    private static void pause() throws DeliveryUnknownException {
        try {
            TimeUnit.MILLISECONDS.sleep(QUERY_PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeliveryUnknownException();
        }
    }

    /** Nothing is sent later, and links in mails that arrived are dead. */
    private void terminate(String workflowId) throws DeliveryUnknownException {
        try {
            TemporalCalls.within(TemporalCalls.HAND_OVER, () -> {
                workflows.newUntypedWorkflowStub(workflowId).terminate("Debug run: 30 s are over");
                return workflowId;
            });
        } catch (ProblemException | WorkflowException failure) {
            DeliveryUnknownException unknown = new DeliveryUnknownException();
            unknown.addSuppressed(failure);
            throw unknown;
        }
    }
}
