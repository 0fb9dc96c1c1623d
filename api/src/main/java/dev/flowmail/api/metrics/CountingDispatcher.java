package dev.flowmail.api.metrics;

import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.api.metrics.RequestMeters.Result;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what Temporal took. */
public final class CountingDispatcher implements Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(CountingDispatcher.class);

    private final Dispatcher dispatcher;
    private final RequestMeters meters;

    public CountingDispatcher(Dispatcher dispatcher, RequestMeters meters) {
        this.dispatcher = dispatcher;
        this.meters = meters;
    }

    @Override
    public Accepted send(Mail mail, Origin origin) {
        Accepted accepted = dispatcher.send(mail, origin);
        count(false, mail.requestId(), accepted);
        return accepted;
    }

    @Override
    public Delivery sendAndWait(Mail mail, Origin origin) throws DeliveryUnknownException {
        Delivery delivery = dispatcher.sendAndWait(mail, origin);
        count(false, mail.requestId(), Accepted.STARTED);
        return delivery;
    }

    @Override
    public Accepted ask(String workflowId, DecisionRequest request) {
        Accepted accepted = dispatcher.ask(workflowId, request);
        count(isDecision(request), workflowId, accepted);
        return accepted;
    }

    @Override
    public DecisionState askAndWait(String workflowId, DecisionRequest request) throws DeliveryUnknownException {
        DecisionState state = dispatcher.askAndWait(workflowId, request);
        if (state.people().stream().allMatch(person -> person.mailError() == null)) {
            count(isDecision(request), workflowId, Accepted.STARTED);
        }
        return state;
    }

    private static boolean isDecision(DecisionRequest request) {
        return !request.choices().isEmpty();
    }

    private void count(boolean isDecision, String id, Accepted accepted) {
        boolean isNew = accepted == Accepted.STARTED;
        LOG.info(isNew ? "{} accepted" : "{} asked for again; nothing was started", id);
        meters.count(isDecision, isNew ? Result.ACCEPTED : Result.REPEATED);
    }
}
