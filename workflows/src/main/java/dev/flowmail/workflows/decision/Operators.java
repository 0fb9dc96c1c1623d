package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.decision.DecisionWorkflow.Resend;
import dev.flowmail.workflows.mail.Mailbox;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What operators' updates do to a request. Each is checked first, by the method of the same name, and refused with a sentence
 * that names no address; a refused update does not enter the history.
 */
final class Operators {

    private final Participants participants;
    private final Deadline deadline;
    private final Rules rules;
    private final Standing standing;
    private final FlowReply reply;
    private final Preview preview;

    Operators(
            Participants participants,
            Deadline deadline,
            Rules rules,
            Standing standing,
            FlowReply reply,
            Preview preview) {
        this.participants = participants;
        this.deadline = deadline;
        this.rules = rules;
        this.standing = standing;
        this.reply = reply;
        this.preview = preview;
    }

    void checkWithdraw() {
        require(standing.isOpen(), "The request has ended.");
    }

    void withdraw(@Nullable Reason reason) {
        standing.end(Ending.withdrawn(reason == null ? null : reason.reason()));
    }

    void checkRelease() {
        require(standing.isHeld(), "Nothing is held: Flow is told at once, or has been told.");
    }

    void release() {
        standing.hold().release();
    }

    private void requireUndecided() {
        require(standing.isOpen(), "The request has ended.");
        require(!standing.isHeld(), "The request is decided and held; it can be released or withdrawn.");
    }

    void checkExtend(@Nullable Extension extension) {
        requireUndecided();
        require(deadline.canMoveTo(newEnd(extension)), "A request ends at latest 119 days after it was accepted.");
    }

    void extend(@Nullable Extension extension) {
        deadline.moveTo(newEnd(extension));
    }

    private static Instant newEnd(@Nullable Extension extension) {
        return Optional.ofNullable(extension)
                .map(Extension::timeout)
                .flatMap(Durations::parse)
                .map(Run.now()::plus)
                .orElseThrow(() -> refused("timeout must be " + Durations.FORMS + "."));
    }

    void checkReassign(@Nullable Reassignment reassignment) {
        requireUndecided();
        String to = given(reassignment, Reassignment::to);
        require(Mailbox.isAddress(to), "to must be one email address.");
        require(participants.holding(to).isEmpty(), "to is a recipient of this request already.");
        require(!rules.bars(to), "to is the requester, who does not decide their own request.");
        Participant participant = holding(given(reassignment, Reassignment::from));
        require(participant.canBeReassigned(), "The recipient named by from has answered already.");
    }

    void reassign(@Nullable Reassignment reassignment) {
        Participant participant = holding(given(reassignment, Reassignment::from));
        participant.reassignTo(new Mailbox(given(reassignment, Reassignment::to), null));
        if (preview.actsInHandlers()) {
            participant.stopSending();
        }
        participant.markForMail();
    }

    private static String given(
            @Nullable Reassignment reassignment, Function<Reassignment, @Nullable String> component) {
        return Optional.ofNullable(reassignment)
                .map(component)
                .map(String::strip)
                .orElseThrow(() -> refused("from and to must each be an email address."));
    }

    void checkResend(@Nullable Resend resend) {
        requireUndecided();
        require(
                resend == null
                        || resend.recipient() == null
                        || !holding(resend.recipient()).hasAnswered(),
                "That recipient has answered already.");
    }

    void resend(@Nullable Resend resend) {
        List<Participant> receivers = resend == null || resend.recipient() == null
                ? participants.where(participant -> !participant.hasAnswered())
                : List.of(holding(resend.recipient()));
        receivers.forEach(Participant::nextMail);
        receivers.forEach(Participant::markForMail);
    }

    void checkRetryCallback() {
        require(reply.status() == CallbackStatus.FAILED, "Flow has not refused an answer; there is nothing to retry.");
    }

    void retryCallback() {
        reply.retry();
    }

    private Participant holding(@Nullable String address) {
        return Optional.ofNullable(address)
                .flatMap(participants::holding)
                .orElseThrow(() -> refused("No recipient of this request has that address."));
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw refused(sentence);
        }
    }

    private static ApplicationFailure refused(String sentence) {
        return ApplicationFailure.newNonRetryableFailure(sentence, DecisionWorkflow.REFUSED);
    }
}
