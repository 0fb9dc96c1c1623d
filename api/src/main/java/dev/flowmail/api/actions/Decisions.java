package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.flow.Culture;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import dev.flowmail.templates.Languages;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hands decision requests over: the flow waits for the late answer, or goes on when there is nothing to decide. */
final class Decisions {
    private static final Duration PLAIN_SEND = Duration.ofDays(2);

    private final Dispatcher dispatcher;
    private final AttachmentStore store;
    private final WebAddresses addresses;
    private final Duration timeout;
    private final int mostRecipients;

    Decisions(
            Dispatcher dispatcher,
            AttachmentStore store,
            WebAddresses addresses,
            Duration timeout,
            int mostRecipients) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.addresses = addresses;
        this.timeout = timeout;
        this.mostRecipients = mostRecipients;
    }

    /** @param authorization the request's {@code Authorization} headers */
    ServiceResponse ask(ServiceRequest request, List<String> authorization) {
        Draft draft = DecisionEmail.draft(request, addresses).withAtMost(mostRecipients);
        List<Choice> choices = Choices.of(request.outcomes());
        // Without a question a mail is a plain send, and tried as long as one.
        Rules rules = RuleInputs.of(
                new Inputs(request.input()), choices, draft.to().size(), choices.isEmpty() ? PLAIN_SEND : timeout);
        @Nullable FlowReference flow = choices.isEmpty() ? null : FlowIds.reference(request, authorization, addresses);
        String workflowId = workflowId(request);
        RequestContent content = RequestContent.keep(
                store,
                addresses,
                workflowId,
                draft,
                choices.stream().map(Choice::label).toList(),
                draft.to().size());
        DecisionRequest decision = new DecisionRequest(
                        draft.server(),
                        draft.from(),
                        draft.to(),
                        draft.subject(),
                        content.text(),
                        content.html(),
                        content.attachments(),
                        draft.bucket(),
                        language(request.culture()),
                        choices,
                        rules,
                        flow,
                        request.debug(),
                        List.of())
                .withLetter(content.letter());
        Budget.requireStartable(decision);
        if (request.debug()) {
            askAndWait(workflowId, decision);
        } else if (dispatcher.ask(workflowId, decision) == Accepted.ENDED && content.isStored()) {
            Leftovers.forget(store, workflowId);
        }
        return choices.isEmpty()
                ? ServiceResponse.forward(request.token(), request.tenantId())
                : ServiceResponse.waiting(request.token(), request.tenantId(), null);
    }

    private void askAndWait(String workflowId, DecisionRequest decision) {
        try {
            DebugRuns.demandSent(dispatcher.askAndWait(workflowId, decision));
        } catch (DeliveryUnknownException unknown) {
            throw DebugRuns.unknown();
        }
    }

    /** The same for a repeat; without a token each request is its own. */
    private static String workflowId(ServiceRequest request) {
        String tenantId = FlowIds.present(request.tenantId()).orElse("");
        return DecisionLink.workflowId(
                tenantId,
                FlowIds.present(request.token())
                        .orElseGet(() -> UUID.randomUUID().toString()));
    }

    private static String language(@Nullable Culture culture) {
        return culture == null ? Languages.tag(null, null) : Languages.tag(culture.language(), culture.country());
    }
}
