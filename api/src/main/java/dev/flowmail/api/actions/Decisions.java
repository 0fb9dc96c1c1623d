package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.flow.Culture;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.templates.Languages;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Hands decision requests over: the flow waits for the late answer, or goes on when there is nothing to decide. */
final class Decisions {
    private static final Duration PLAIN_SEND = Duration.ofDays(2);

    private final Dispatcher dispatcher;
    private final AttachmentStore store;
    private final WebAddresses addresses;
    private final FlowmailProperties settings;
    private final UnaryOperator<String> waitMessage;

    /** @param waitMessage what Flow shows meanwhile, by language */
    Decisions(
            Dispatcher dispatcher,
            AttachmentStore store,
            WebAddresses addresses,
            FlowmailProperties settings,
            UnaryOperator<String> waitMessage) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.addresses = addresses;
        this.settings = settings;
        this.waitMessage = waitMessage;
    }

    /** @param authorization the request's {@code Authorization} headers */
    ServiceResponse ask(ServiceRequest request, List<String> authorization) {
        Draft draft = DecisionEmail.draft(request, addresses)
                .withAtMost(settings.limits().recipients());
        Inputs inputs = new Inputs(request.input());
        Choices choices = Choices.of(request.outcomes(), inputs.parts("Hidden Outcomes"));
        boolean asks = !choices.offered().isEmpty();
        // Without a question a mail is a plain send, and tried as long as one.
        Rules rules = RuleInputs.of(
                inputs, choices, draft.to(), asks ? settings.decision().timeout() : PLAIN_SEND, settings);
        @Nullable FlowReference flow = asks ? FlowIds.reference(request, authorization, addresses) : null;
        String workflowId = RequestId.ofDecision(request);
        RequestContent content = RequestContent.keep(
                store,
                FlowIds.tenants(request, authorization),
                addresses,
                workflowId,
                draft,
                choices.offered().stream().map(Choice::label).toList(),
                draft.to().size());
        DecisionRequest decision = new DecisionRequest(
                        draft.server(),
                        draft.from(),
                        draft.replyTo(),
                        draft.to(),
                        draft.subject(),
                        content.text(),
                        content.html(),
                        content.attachments(),
                        draft.bucket(),
                        language(request.culture()),
                        asks ? choices.all() : List.of(),
                        rules,
                        flow,
                        request.debug(),
                        List.of())
                .withLetter(content.letter())
                .withExcerpt(content.excerpt(draft));
        Budget.requireStartable(decision);
        if (request.debug()) {
            askAndWait(workflowId, decision);
        } else if (dispatcher.ask(workflowId, decision) == Accepted.ENDED && content.isStored()) {
            Leftovers.forget(store, workflowId);
        }
        return asks
                ? ServiceResponse.waiting(request.token(), request.tenantId(), waitMessage.apply(decision.language()))
                : ServiceResponse.forward(request.token(), request.tenantId());
    }

    private void askAndWait(String workflowId, DecisionRequest decision) {
        try {
            DebugRuns.demandSent(dispatcher.askAndWait(workflowId, decision));
        } catch (DeliveryUnknownException unknown) {
            throw DebugRuns.unknown();
        }
    }

    private static String language(@Nullable Culture culture) {
        return culture == null ? Languages.tag(null, null) : Languages.tag(culture.languageOrCode(), culture.country());
    }
}
