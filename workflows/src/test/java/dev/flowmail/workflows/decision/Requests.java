package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.approvals.Caller;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests for tests: approve or reject. */
final class Requests {

    static final int APPROVE = 0;
    static final int REJECT = 1;
    static final int EXPIRED = 2;

    private int recipients = 1;
    private boolean debug;
    private boolean askNothing;
    private boolean hidesExpired;
    private Rules rules = rules(Duration.ofDays(30), null, null, 1, null, null);
    private Content body = Content.inline("May I?");

    private List<Attachment> attachments = List.of();
    private @Nullable String letter;
    private @Nullable Excerpt excerpt;
    private @Nullable Caller caller;

    /** A workflow asks, and no flow. */
    Requests of(Caller asking) {
        caller = asking;
        return this;
    }

    Requests showing(Excerpt shown) {
        excerpt = shown;
        return this;
    }

    /** Every form of one address. */
    Requests requester(String... forms) {
        rules = rules(
                rules.timeout(),
                rules.timeoutOutcome(),
                rules.remindEvery(),
                rules.answersNeeded(),
                rules.vetoOutcome(),
                List.of(forms));
        return this;
    }

    Requests hold(Duration length) {
        return with(rules.confirmation(), rules.proof(), length);
    }

    Requests attachments(Attachment... files) {
        attachments = List.of(files);
        return this;
    }

    Requests letter(String file) {
        letter = file;
        return this;
    }

    Requests recipients(int number) {
        recipients = number;
        return this;
    }

    Requests confirmation(Confirmation confirmation) {
        return with(confirmation, rules.proof(), rules.hold());
    }

    Requests proof(Integer... outcomes) {
        return with(rules.confirmation(), List.of(outcomes), rules.hold());
    }

    private Requests with(@Nullable Confirmation confirmation, @Nullable List<Integer> proof, @Nullable Duration hold) {
        rules = new Rules(
                rules.timeout(),
                rules.timeoutOutcome(),
                rules.remindEvery(),
                rules.answersNeeded(),
                rules.vetoOutcome(),
                rules.comments(),
                rules.afterAnswer(),
                rules.requester(),
                confirmation,
                proof,
                rules.timeZone(),
                hold);
        return this;
    }

    Requests debug() {
        debug = true;
        return this;
    }

    /** A third outcome, which nobody is offered. */
    Requests hidingExpired() {
        hidesExpired = true;
        return this;
    }

    Requests askingNothing() {
        askNothing = true;
        return this;
    }

    Requests storedBody() {
        body = Content.stored("body");
        return this;
    }

    Requests timeout(Duration timeout, @Nullable Integer outcome) {
        rules = rules(
                timeout, outcome, rules.remindEvery(), rules.answersNeeded(), rules.vetoOutcome(), rules.requester());
        return this;
    }

    Requests remindEvery(Duration every) {
        rules = rules(
                rules.timeout(),
                rules.timeoutOutcome(),
                every,
                rules.answersNeeded(),
                rules.vetoOutcome(),
                rules.requester());
        return this;
    }

    Requests answersNeeded(int number, @Nullable Integer veto) {
        rules = rules(rules.timeout(), rules.timeoutOutcome(), rules.remindEvery(), number, veto, rules.requester());
        return this;
    }

    private static Rules rules(
            Duration timeout,
            @Nullable Integer outcome,
            @Nullable Duration remindEvery,
            int needed,
            @Nullable Integer veto,
            @Nullable List<String> requester) {
        return new Rules(
                timeout,
                outcome,
                remindEvery,
                needed,
                veto,
                Comments.OFF,
                null,
                requester,
                null,
                null,
                "Europe/Berlin",
                null);
    }

    DecisionRequest build() {
        return new DecisionRequest(
                new SmtpServer("smtp.example.com", 587, Transport.TLS, "flow", "secret", null),
                new Mailbox("boss@example.com", "Boss"),
                new Mailbox("desk@example.com", null),
                IntStream.range(0, recipients)
                        .mapToObj(place -> new Mailbox(address(place), null))
                        .toList(),
                "Holiday",
                body,
                null,
                attachments,
                null,
                "en",
                choices(),
                rules,
                askNothing || caller != null
                        ? null
                        : new FlowReference(
                                "tenant", "state", "token", "https://flow.example/api/run/1/response", null, "who"),
                debug,
                List.of(),
                letter,
                true,
                excerpt,
                caller);
    }

    /** What the first holder of a place answers, as it comes out of its envelope. */
    static Decide answer(int place, int outcome) {
        return answer(place, 0, outcome);
    }

    static Decide answer(int place, int generation, int outcome) {
        return new Decide(place, generation, outcome, null, null)
                .in(new Seal(true, UUID.randomUUID().toString()));
    }

    private List<Choice> choices() {
        if (askNothing) {
            return List.of();
        }
        Choice approve = new Choice(new Outcome("id-approve", "approve"), "Approve");
        Choice reject = new Choice(new Outcome("id-reject", "reject"), "Reject", Tone.RED, false);
        return hidesExpired
                ? List.of(approve, reject, new Choice(new Outcome("id-expired", "expired"), "Expired", null, true))
                : List.of(approve, reject);
    }

    static String address(int place) {
        return "person" + place + "@example.com";
    }
}
