package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.approvals.Caller;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import dev.flowmail.workflows.mail.S3Bucket;
import dev.flowmail.workflows.mail.SmtpServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The start input of a {@link DecisionWorkflow}; everything in it was checked before.
 *
 * @param server the server that takes the mails
 * @param from who asks
 * @param replyTo where answers to the mails go; null when they go to who asks
 * @param recipients who is asked, 1 to 100, every address once
 * @param subject may be empty
 * @param text the caller's plain text; null when the request has none
 * @param html the caller's HTML; null when the request has none
 * @param bucket where attachments of location {@code S3} are; null when there are none
 * @param language BCP 47 tag
 * @param choices the outcomes, in the order in which people see them, those that nobody sees last; without any the mails are
 *     sent and nobody is asked
 * @param rules when the request ends, and with what
 * @param flow whom to tell; null when there are no choices, and when a workflow asks
 * @param debug a debug run: one attempt for each mail, and a failed one ends the request without a callback
 * @param searchAttributes names of the search attributes that this server knows; others must not be upserted
 * @param letter where what all mails share lies in the request's folder: a {@link dev.flowmail.workflows.mail.Letter}; null when each
 *     carries it
 * @param bindsAnswers whether answers are encrypted for this very request, and others refused; false from earlier versions
 * @param excerpt what the page shows of the mail; null, from an earlier release: nothing
 * @param caller the workflow that asks, which gets the result of the run; null when Flow asks
 */
public record DecisionRequest(
        SmtpServer server,
        Mailbox from,
        @Nullable Mailbox replyTo,
        List<Mailbox> recipients,
        String subject,
        @Nullable Content text,
        @Nullable Content html,
        List<Attachment> attachments,
        @Nullable S3Bucket bucket,
        String language,
        List<Choice> choices,
        Rules rules,
        @Nullable FlowReference flow,
        boolean debug,
        List<String> searchAttributes,
        @Nullable String letter,
        boolean bindsAnswers,
        @Nullable Excerpt excerpt,
        @Nullable Caller caller) {

    /** A new request, whose mails carry all themselves. */
    public DecisionRequest(
            SmtpServer server,
            Mailbox from,
            @Nullable Mailbox replyTo,
            List<Mailbox> recipients,
            String subject,
            @Nullable Content text,
            @Nullable Content html,
            List<Attachment> attachments,
            @Nullable S3Bucket bucket,
            String language,
            List<Choice> choices,
            Rules rules,
            @Nullable FlowReference flow,
            boolean debug,
            List<String> searchAttributes) {
        this(
                server,
                from,
                replyTo,
                recipients,
                subject,
                text,
                html,
                attachments,
                bucket,
                language,
                choices,
                rules,
                flow,
                debug,
                searchAttributes,
                null,
                true,
                null,
                null);
    }

    /**
     * One outcome of the message element.
     *
     * @param outcome what Flow is told
     * @param label what people read
     * @param tone the colour of its button; null for a plain one
     * @param hidden whether it is offered to nobody: it may still be the timeout outcome
     */
    public record Choice(
            Outcome outcome, String label, @Nullable Tone tone, boolean hidden) {

        public Choice(Outcome outcome, String label) {
            this(outcome, label, null, false);
        }
    }

    /**
     * When the request ends, and with what.
     *
     * @param timeout from acceptance, whole seconds, 1 s to {@link #LONGEST_TIMEOUT}
     * @param timeoutOutcome index of the choice that holds when time is up or nobody can win; null for a fault
     * @param remindEvery from acceptance, whole seconds; null for no reminders
     * @param answersNeeded how many recipients must choose the same outcome, 1 to their number
     * @param vetoOutcome index of the choice for which one answer is enough; null for none
     * @param comments whether the answer page asks for a comment
     * @param afterAnswer where the deciding answer leads; null, from an earlier release: to a page
     * @param requester who may not answer: every form of one address, see {@link Mailbox#isAmong}; null for nobody
     * @param confirmation what a submission needs to count; null, from an earlier release: nothing more
     * @param proof indexes of the choices that need a fresh code; null when none does
     * @param timeZone IANA name of the zone in which people read times; null, from an earlier release: UTC
     * @param hold how long whoever gave the deciding answer may change it, 1 s to {@link #LONGEST_HOLD}; null for not at all
     */
    public record Rules(
            Duration timeout,
            @Nullable Integer timeoutOutcome,
            @Nullable Duration remindEvery,
            int answersNeeded,
            @Nullable Integer vetoOutcome,
            Comments comments,
            @Nullable AfterAnswer afterAnswer,
            @Nullable List<String> requester,
            @Nullable Confirmation confirmation,
            @Nullable List<Integer> proof,
            @Nullable String timeZone,
            @Nullable Duration hold) {

        public static final Duration LONGEST_HOLD = Duration.ofHours(1);

        /** A limit of ours: a request is done within 120 days, of which the last is for the callback. */
        public static final Duration LONGEST_TIMEOUT = Duration.ofDays(119);

        public Rules(
                Duration timeout,
                @Nullable Integer timeoutOutcome,
                @Nullable Duration remindEvery,
                int answersNeeded,
                @Nullable Integer vetoOutcome,
                Comments comments) {
            this(
                    timeout,
                    timeoutOutcome,
                    remindEvery,
                    answersNeeded,
                    vetoOutcome,
                    comments,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        /** Whether an answer that does not look automatic may be none for want of a code. */
        boolean mayAskForCode() {
            return confirmation == Confirmation.CODE || proof != null;
        }

        /** Whether nobody may make this address a recipient: it is the requester's own. */
        boolean bars(String address) {
            return requester != null && Mailbox.isAmong(requester, address);
        }
    }

    /** What a submission of the page needs to count. */
    public enum Confirmation {
        /** Nothing more. */
        BUTTON,
        /** The code from the mail, where it looks automatic. */
        CAREFUL,
        /** The code from the mail. */
        CODE
    }

    /** Where the page of the deciding answer leads. */
    public enum AfterAnswer {
        /** Into the flow, by itself. */
        FLOW,
        /** Nowhere: it stays, with a link into the flow. */
        PAGE
    }

    /** What people choose from: the choices before the hidden ones. */
    public List<Choice> offered() {
        return choices.stream().filter(choice -> !choice.hidden()).toList();
    }

    /** The colours of what is offered; null when all are plain. */
    @Nullable
    List<Tone> tones() {
        List<Tone> tones = offered().stream()
                .map(choice -> Objects.requireNonNullElse(choice.tone(), Tone.PLAIN))
                .toList();
        return tones.stream().allMatch(Tone.PLAIN::equals) ? null : tones;
    }

    /** Whose request it is; null when Flow does not wait for an answer. */
    public @Nullable String tenantId() {
        return caller != null ? caller.tenantId() : flow == null ? null : flow.tenantId();
    }

    /** The running flow; null when there is none, or the request does not name it. */
    public @Nullable String stateId() {
        return flow == null ? null : flow.stateId();
    }

    /** Whether the first answer that counts decides, and Flow is told of it at once. */
    public boolean endsWithOneAnswer() {
        return flow != null && rules.answersNeeded() == 1 && rules.hold() == null && rules.proof() == null;
    }

    /** The same request for a server that knows these search attributes. */
    public DecisionRequest withSearchAttributes(List<String> names) {
        return with(names, letter, excerpt, caller);
    }

    /** The same request, whose mails find what they share in this file of the request's folder. */
    public DecisionRequest withLetter(@Nullable String file) {
        return with(searchAttributes, file, excerpt, caller);
    }

    /** The same request, of whose mail the page shows this. */
    public DecisionRequest withExcerpt(Excerpt shown) {
        return with(searchAttributes, letter, shown, caller);
    }

    /** The same request, which this workflow makes; null for Flow. */
    public DecisionRequest withCaller(@Nullable Caller asking) {
        return with(searchAttributes, letter, excerpt, asking);
    }

    private DecisionRequest with(
            List<String> names, @Nullable String file, @Nullable Excerpt shown, @Nullable Caller asking) {
        return new DecisionRequest(
                server,
                from,
                replyTo,
                recipients,
                subject,
                text,
                html,
                attachments,
                bucket,
                language,
                choices,
                rules,
                flow,
                debug,
                names,
                file,
                bindsAnswers,
                shown,
                asking);
    }

    /** Who must agree; null where one person is asked, whose every answer decides alike. */
    @Nullable
    Agreement agreement() {
        Integer veto = rules.vetoOutcome();
        if (veto == null && recipients.size() == 1) {
            return null;
        }
        int offered = veto == null ? -1 : offered().indexOf(choices.get(veto));
        return new Agreement(recipients.size(), rules.answersNeeded(), offered < 0 ? null : offered);
    }

    /** Whether the attachment store keeps anything for this request. */
    boolean storesContent() {
        return isStored(text) || isStored(html) || !attachments.isEmpty() || letter != null;
    }

    private static boolean isStored(@Nullable Content content) {
        return content != null && content.stored() != null;
    }

    /** Says nothing: requests stay out of logs. */
    @Override
    public String toString() {
        return "DecisionRequest[...]";
    }
}
