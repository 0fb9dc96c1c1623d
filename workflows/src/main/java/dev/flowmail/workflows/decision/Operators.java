package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.decision.DecisionWorkflow.Resend;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.List;
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
    private final UpdateInputs inputs;
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
        this.inputs = new UpdateInputs(participants);
        this.preview = preview;
    }

    void checkWithdraw() {
        UpdateInputs.require(standing.isOpen(), "The request has ended.");
    }

    void withdraw(@Nullable Reason reason) {
        standing.end(Ending.withdrawn(reason == null ? null : reason.reason()));
    }

    void checkRelease() {
        UpdateInputs.require(standing.isHeld(), "Nothing is held: Flow is told at once, or has been told.");
    }

    void release() {
        standing.hold().release();
    }

    private void requireUndecided() {
        UpdateInputs.require(standing.isOpen(), "The request has ended.");
        UpdateInputs.require(!standing.isHeld(), "The request is decided and held; it can be released or withdrawn.");
    }

    void checkExtend(@Nullable Extension extension) {
        requireUndecided();
        UpdateInputs.require(
                deadline.canMoveTo(UpdateInputs.newEnd(extension)),
                "A request ends at latest 119 days after it was accepted.");
    }

    void extend(@Nullable Extension extension) {
        deadline.moveTo(UpdateInputs.newEnd(extension));
    }

    void checkReassign(@Nullable Reassignment reassignment) {
        requireUndecided();
        String to = UpdateInputs.to(reassignment);
        UpdateInputs.require(Mailbox.isAddress(to), "to must be one email address.");
        UpdateInputs.require(participants.holding(to).isEmpty(), "to is a recipient of this request already.");
        UpdateInputs.require(!rules.bars(to), "to is the requester, who does not decide their own request.");
        Participant participant = inputs.from(reassignment);
        UpdateInputs.require(participant.canBeReassigned(), "The recipient named by from has answered already.");
    }

    void reassign(@Nullable Reassignment reassignment) {
        Participant participant = inputs.from(reassignment);
        participant.reassignTo(new Mailbox(UpdateInputs.to(reassignment), null));
        if (preview.actsInHandlers()) {
            participant.mailing().stop();
        }
        participant.mailing().isWanted();
    }

    void checkResend(@Nullable Resend resend) {
        requireUndecided();
        UpdateInputs.require(
                resend == null
                        || resend.recipient() == null
                        || !inputs.holding(resend.recipient()).hasAnswered(),
                "That recipient has answered already.");
    }

    void resend(@Nullable Resend resend) {
        List<Participant> receivers = resend == null || resend.recipient() == null
                ? participants.where(participant -> !participant.hasAnswered())
                : List.of(inputs.holding(resend.recipient()));
        for (Participant receiver : receivers) {
            receiver.mailing().isAnother();
            receiver.mailing().isWanted();
        }
    }

    void checkRetryCallback() {
        UpdateInputs.require(
                reply.status() == CallbackStatus.FAILED, "Flow has not refused an answer; there is nothing to retry.");
    }

    void retryCallback() {
        reply.retry();
    }
}
