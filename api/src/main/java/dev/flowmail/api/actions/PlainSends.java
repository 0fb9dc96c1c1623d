package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** Hands plain mails over: each is one activity, and the flow goes on as soon as Temporal has it. */
final class PlainSends {
    private final Dispatcher dispatcher;
    private final AttachmentStore store;
    private final WebAddresses addresses;

    PlainSends(Dispatcher dispatcher, AttachmentStore store, WebAddresses addresses) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.addresses = addresses;
    }

    /** @param authorization the request's {@code Authorization} headers */
    ServiceResponse send(String action, ServiceRequest request, List<String> authorization, Draft draft) {
        String id = RequestId.ofSend(action, request);
        Mail mail = mail(
                id,
                draft,
                RequestContent.keep(
                        store, FlowIds.tenants(request, authorization), addresses, id, draft, List.of(), 1));
        Budget.requireStartable(mail);
        Origin origin = new Origin(request.tenantId(), request.stateId());
        if (request.debug()) {
            sendAndWait(mail, origin);
        } else if (dispatcher.send(mail, origin) == Accepted.ENDED && mail.forget()) {
            Leftovers.forget(store, id);
        }
        return ServiceResponse.forward(request.token(), request.tenantId());
    }

    private static Mail mail(String id, Draft draft, RequestContent content) {
        return new Mail(
                id,
                id,
                draft.server(),
                draft.from(),
                draft.replyTo(),
                draft.to(),
                draft.cc(),
                draft.bcc(),
                draft.subject(),
                content.text(),
                content.html(),
                content.attachments(),
                draft.bucket(),
                null,
                content.isStored());
    }

    private void sendAndWait(Mail mail, Origin origin) {
        try {
            DebugRuns.demandDelivered(dispatcher.sendAndWait(mail, origin));
        } catch (ApplicationFailure failed) {
            throw DebugRuns.failed(failed);
        } catch (DeliveryUnknownException unknown) {
            throw DebugRuns.unknown();
        }
    }
}
