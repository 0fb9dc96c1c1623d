package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.api.actions.DecisionRequests.Asker;
import dev.flowmail.api.actions.DecisionRequests.Prepared;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Hands decision requests over: the flow waits for the late answer, or goes on when there is nothing to decide. */
final class Decisions {
    private final Dispatcher dispatcher;
    private final AttachmentStore store;
    private final WebAddresses addresses;
    private final DecisionRequests requests;
    private final UnaryOperator<String> waitMessage;

    /** @param waitMessage what Flow shows meanwhile, by language */
    Decisions(
            Dispatcher dispatcher,
            AttachmentStore store,
            WebAddresses addresses,
            DecisionRequests requests,
            UnaryOperator<String> waitMessage) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.addresses = addresses;
        this.requests = requests;
        this.waitMessage = waitMessage;
    }

    /** @param authorization the request's {@code Authorization} headers */
    ServiceResponse ask(ServiceRequest request, List<String> authorization) {
        Prepared decision = requests.prepare(
                RequestId.ofDecision(ActionNames.DECISION, request),
                request,
                FlowIds.tenants(request, authorization),
                asks -> asks ? new Asker(FlowIds.reference(request, authorization, addresses), null) : Asker.NOBODY);
        if (request.debug()) {
            askAndWait(decision);
        } else if (dispatcher.ask(decision.workflowId(), decision.request()) == Accepted.ENDED && decision.isStored()) {
            Leftovers.forget(store, decision.workflowId());
        }
        return decision.request().choices().isEmpty()
                ? ServiceResponse.forward(request.token(), request.tenantId())
                : ServiceResponse.waiting(
                        request.token(),
                        request.tenantId(),
                        waitMessage.apply(decision.request().language()));
    }

    private void askAndWait(Prepared decision) {
        try {
            DebugRuns.demandSent(dispatcher.askAndWait(decision.workflowId(), decision.request()));
        } catch (DeliveryUnknownException unknown) {
            throw DebugRuns.unknown();
        }
    }
}
