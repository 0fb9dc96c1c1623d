package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.Culture;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.templates.Languages;
import dev.flowmail.workflows.approvals.Caller;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.mail.Retries;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks what a decision is asked with, whoever asks, and keeps what is large in it: what comes out can be started. */
final class DecisionRequests {
    private final AttachmentStore store;
    private final WebAddresses addresses;
    private final FlowmailProperties settings;

    DecisionRequests(AttachmentStore store, WebAddresses addresses, FlowmailProperties settings) {
        this.store = store;
        this.addresses = addresses;
        this.settings = settings;
    }

    /**
     * Who gets the answer: a flow or a workflow; nobody where there is nothing to choose from.
     *
     * @param flow null when a workflow asks
     * @param caller null when Flow asks
     */
    record Asker(@Nullable FlowReference flow, @Nullable Caller caller) {
        static final Asker NOBODY = new Asker(null, null);
    }

    /**
     * A request that can be started.
     *
     * @param isStored whether the attachment store keeps something for it
     */
    record Prepared(String workflowId, DecisionRequest request, boolean isStored) {}

    /**
     * Prepares a request.
     *
     * @param tenants whose uploads may be used
     * @param asker told whether there is something to choose from
     */
    Prepared prepare(String workflowId, ServiceRequest request, Tenants tenants, Function<Boolean, Asker> asker) {
        Draft draft = DecisionEmail.draft(request, addresses)
                .withAtMost(settings.limits().recipients());
        Inputs inputs = new Inputs(request.input());
        Choices choices = Choices.of(request.outcomes(), inputs.parts("Hidden Outcomes"));
        boolean asks = !choices.offered().isEmpty();
        Rules rules = RuleInputs.of(
                inputs, choices, draft.to(), asks ? settings.decision().timeout() : Retries.PLAIN_MAIL, settings);
        Asker waiting = asker.apply(asks);
        RequestContent content = RequestContent.keep(
                store,
                tenants,
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
                        waiting.flow(),
                        request.debug(),
                        List.of())
                .withCaller(waiting.caller())
                .withLetter(content.letter())
                .withExcerpt(content.excerpt(draft));
        Budget.requireStartable(decision);
        return new Prepared(workflowId, decision, content.isStored());
    }

    private static String language(@Nullable Culture culture) {
        return culture == null ? Languages.tag(null, null) : Languages.tag(culture.languageOrCode(), culture.country());
    }
}
