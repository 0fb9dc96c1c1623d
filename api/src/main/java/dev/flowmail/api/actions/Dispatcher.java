package dev.flowmail.api.actions;

import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to Temporal. Every method throws a 503 {@link dev.flowmail.api.problems.ProblemException} when Temporal
 * cannot be reached within 5 s: nothing was accepted then.
 */
public interface Dispatcher {

    /** What became of a request that was handed over. */
    enum Accepted {
        /** Temporal has it. */
        STARTED,
        /** Temporal has had it for some time; it still runs, and nothing was started. */
        RUNNING,
        /** Temporal had it before and it has ended; nothing was started. */
        ENDED
    }

    /**
     * The flow that sends a mail, for operators to search by.
     *
     * @param tenantId null when the request names none
     * @param stateId the running flow; null when the request names none
     */
    record Origin(@Nullable String tenantId, @Nullable String stateId) {}

    /**
     * Starts a plain send as one standalone activity with the id {@code mail.requestId()}. Returns once Temporal has it. A
     * send of this id that runs or has succeeded is not repeated; one that failed is.
     */
    Accepted send(Mail mail, Origin origin);

    /**
     * The same with one attempt, at most 30 s, waited for. A repeat gets the first one's result.
     *
     * @throws ApplicationFailure why the mail failed: its type is one of {@code MailFailure}, its message may be shown
     * @throws DeliveryUnknownException after 30 s
     */
    Delivery sendAndWait(Mail mail, Origin origin) throws DeliveryUnknownException;

    /** Starts a decision. Returns once Temporal has it. A request of this id is never started twice. */
    Accepted ask(String workflowId, DecisionRequest request);

    /**
     * The same for a debug run: waits until every mail is sent or has failed. A repeat gets the first one's state.
     *
     * @return the state then; {@code people} tells whose mail failed, and why
     * @throws DeliveryUnknownException after 30 s; nothing is sent later, and links in mails that arrived are dead
     */
    DecisionState askAndWait(String workflowId, DecisionRequest request) throws DeliveryUnknownException;

    /** A debug run's 30 s are over and nobody knows what became of its mail. */
    final class DeliveryUnknownException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
