package dev.flowmail.api.metrics;

import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.api.metrics.RequestMeters.Result;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;

/** Counts what Temporal took. */
public final class CountingDispatcher implements Dispatcher {
    private final Dispatcher dispatcher;
    private final RequestMeters meters;

    public CountingDispatcher(Dispatcher dispatcher, RequestMeters meters) {
        this.dispatcher = dispatcher;
        this.meters = meters;
    }

    @Override
    public Accepted send(Mail mail, Origin origin) {
        Accepted accepted = dispatcher.send(mail, origin);
        count(false, accepted);
        return accepted;
    }

    @Override
    public Delivery sendAndWait(Mail mail, Origin origin) throws DeliveryUnknownException {
        Delivery delivery = dispatcher.sendAndWait(mail, origin);
        count(false, Accepted.STARTED);
        return delivery;
    }

    @Override
    public Accepted ask(String workflowId, DecisionRequest request) {
        Accepted accepted = dispatcher.ask(workflowId, request);
        count(isDecision(request), accepted);
        return accepted;
    }

    @Override
    public DecisionState askAndWait(String workflowId, DecisionRequest request) throws DeliveryUnknownException {
        DecisionState state = dispatcher.askAndWait(workflowId, request);
        if (state.people().stream().allMatch(person -> person.mailError() == null)) {
            count(isDecision(request), Accepted.STARTED);
        }
        return state;
    }

    private static boolean isDecision(DecisionRequest request) {
        return !request.choices().isEmpty();
    }

    private void count(boolean isDecision, Accepted accepted) {
        meters.count(isDecision, accepted == Accepted.STARTED ? Result.ACCEPTED : Result.REPEATED);
    }
}
