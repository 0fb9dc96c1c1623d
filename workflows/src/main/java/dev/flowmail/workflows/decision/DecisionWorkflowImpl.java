package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.approvals.ApprovalResult;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of a request, and a door for each message to it. Handlers, and what hears of a mail's fate, record it in the state
 * and call {@link #changed}; what enters the history because of it is the main method's ({@link Agenda}). Runs of version 1.0
 * differ: {@link Preview}.
 */
public final class DecisionWorkflowImpl implements DecisionWorkflow {

    private final DecisionRequest request;
    private final Participants participants;
    private final Deadline deadline;
    private final Standing standing;
    private final SearchAttributes attributes;
    private final Mailer mailer;
    private final Files files;
    private final FlowReply reply;
    private final Preview preview;
    private final Agenda agenda;
    private final Answers answers;
    private final Operators operators;

    private @Nullable ApprovalResult result;

    @WorkflowInit
    public DecisionWorkflowImpl(DecisionRequest request) {
        DecisionRequest.Rules rules = request.rules();
        this.request = request;
        this.participants = new Participants(request.recipients());
        this.deadline = new Deadline(Run.acceptedAt(), rules.timeout(), rules.remindEvery());
        this.standing = new Standing(request, participants, deadline);
        this.attributes = new SearchAttributes(request.searchAttributes());
        this.mailer = new Mailer(request, deadline, this::mailSettled);
        this.files = new Files(request);
        this.reply = new FlowReply(request, attributes, this::changed);
        this.preview = new Preview();
        this.agenda = new Agenda(request, participants, deadline, standing, mailer, attributes, preview);
        this.answers = new Answers(request, participants, standing);
        this.operators = new Operators(participants, deadline, rules, standing, reply, preview);
    }

    @Override
    public @Nullable ApprovalResult run(DecisionRequest sameRequest) {
        CancellationScope run = CancellationScope.current();
        changed();
        CancellationScope fetching = files.fetch();
        try {
            mailEverybody();
            if (standing.asks()) {
                new Wait(participants, deadline, standing, agenda, mailer, this::changed).untilTheEnd();
            }
        } catch (CanceledFailure cancelled) {
            end(Ending.withdrawn(null));
        }
        fetching.cancel();
        boolean withdrawn = run.isCancelRequested();
        Workflow.newDetachedCancellationScope(() -> finish(() -> !withdrawn && run.isCancelRequested()))
                .run();
        if (run.isCancelRequested()) {
            // and with a result it would end so, too
            throw new CanceledFailure("withdrawn");
        }
        return result;
    }

    private void mailEverybody() {
        participants
                .where(participant -> preview.actsInHandlers() || !participant.hasAnswered())
                .forEach(participant -> participant.mailing().isWanted());
        agenda.act();
        if (standing.asks()) {
            return;
        }
        Workflow.await(() -> !participants.any(Participant::isBeingMailed));
        if (participants.any(Participant::hasFailed)) {
            end(Ending.now(Status.MAIL_FAILED, null));
        } else {
            standing.allWereMailed();
            changed();
        }
    }

    /** @param abandoned whether an operator gives up that Flow is told */
    private void finish(Supplier<Boolean> abandoned) {
        agenda.act();
        participants.all().forEach(participant -> participant.mailing().stop());
        mailer.stopRemindersAndCodes();
        Optional<Promise<Void>> forgetting = files.forget();
        Ending ending = standing.ending();
        if (ending != null && standing.asks()) {
            if (request.caller() == null) {
                reply.deliver(ending, participants, deadline.end(), abandoned);
            } else {
                result = reply.conclude(ending, participants, deadline.end());
            }
        }
        forgetting.ifPresent(Files::awaitForgotten);
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (ending == null) {
            attributes.showNoStatus();
        } else if (!standing.asks() && ending.status() == Status.MAIL_FAILED) {
            throw ApplicationFailure.newNonRetryableFailure("Not every mail could be delivered", "MailFailed");
        }
    }

    private void end(Ending reached) {
        standing.end(reached);
        changed();
    }

    private void mailSettled() {
        standing.progress();
        changed();
    }

    /** After each change of the state: Temporal's UI shows it at once, which enters no history, and the main method acts on it. */
    private void changed() {
        Instant next = deadline.next();
        Workflow.setCurrentDetails(Details.of(
                state(), next.equals(deadline.end()) ? null : next, request.caller() == null ? "Flow" : "Workflow"));
        agenda.changed();
    }

    private void changed(String event) {
        Run.log(event);
        changed();
    }

    @Override
    public DecisionState state() {
        return Snapshot.of(request, participants, deadline, standing, reply);
    }

    @Override
    public void decide(@Nullable Decide answer) {
        answers.receive(answer);
        changed();
    }

    @Override
    public void withdraw(@Nullable Reason reason) {
        operators.withdraw(reason);
        changed();
    }

    @Override
    public void checkWithdraw(@Nullable Reason reason) {
        operators.checkWithdraw();
    }

    @Override
    public void release(@Nullable Reason reason) {
        operators.release();
        changed("released by an operator");
    }

    @Override
    public void checkRelease(@Nullable Reason reason) {
        operators.checkRelease();
    }

    @Override
    public void extend(@Nullable Extension extension) {
        operators.extend(extension);
        changed("extended by an operator");
    }

    @Override
    public void checkExtend(@Nullable Extension extension) {
        operators.checkExtend(extension);
    }

    @Override
    public void reassign(@Nullable Reassignment reassignment) {
        operators.reassign(reassignment);
        changed("reassigned by an operator");
    }

    @Override
    public void checkReassign(@Nullable Reassignment reassignment) {
        operators.checkReassign(reassignment);
    }

    @Override
    public void resend(@Nullable Resend resend) {
        operators.resend(resend);
        changed("mailed again for an operator");
    }

    @Override
    public void checkResend(@Nullable Resend resend) {
        operators.checkResend(resend);
    }

    @Override
    public void retryCallback(@Nullable Reason reason) {
        operators.retryCallback();
        changed("Flow is told again for an operator");
    }

    @Override
    public void checkRetryCallback(@Nullable Reason reason) {
        operators.checkRetryCallback();
    }
}
