package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.mail.MailActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handlers record what happened; {@link #run} acts on it. */
public final class DecisionWorkflowImpl implements DecisionWorkflow {

    private static final int LONGEST_COMMENT = 2_000;
    private static final Duration FORGETTING = Duration.ofMinutes(10);

    private final DecisionRequest request;
    private final Instant acceptedAt;
    private final Participants participants;
    private final Tally tally;
    private final Deadline deadline;
    private final SearchAttributes attributes;
    private final Mailer mailer;
    private final FlowReply reply;
    private final Operators operators;

    /** False where Flow was told to go on, or was not told anything yet: then there is no callback. */
    private boolean flowWaits;

    private boolean everybodyWasMailed;
    private @Nullable Ending ending;

    @WorkflowInit
    public DecisionWorkflowImpl(DecisionRequest request) {
        DecisionRequest.Rules rules = request.rules();
        this.request = request;
        this.acceptedAt = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
        this.participants = new Participants(request.recipients());
        this.tally = new Tally(rules.answersNeeded(), rules.vetoOutcome());
        this.deadline = new Deadline(acceptedAt, rules.timeout(), rules.remindEvery());
        this.attributes = new SearchAttributes(request.searchAttributes());
        this.mailer = new Mailer(request, deadline, this::progress);
        this.reply = new FlowReply(request, acceptedAt, attributes, this::describe);
        this.operators = new Operators(participants, deadline, () -> ending == null && flowWaits);
        this.flowWaits = !request.choices().isEmpty() && !request.debug();
    }

    @Override
    public void run(DecisionRequest sameRequest) {
        CancellationScope run = CancellationScope.current();
        describe();
        try {
            mailEverybody();
            if (flowWaits) {
                awaitEnding();
            }
        } catch (CanceledFailure cancelled) {
            end(Status.WITHDRAWN, null, null);
        }
        boolean withdrawn = run.isCancelRequested();
        Workflow.newDetachedCancellationScope(() -> finish(() -> !withdrawn && run.isCancelRequested()))
                .run();
        if (run.isCancelRequested()) {
            throw new CanceledFailure("withdrawn");
        }
    }

    private void mailEverybody() {
        if (flowWaits) {
            participants.all().forEach(mailer::ask);
            return;
        }
        participants.all().forEach(request.debug() ? one -> mailer.askOnce(one, acceptedAt) : mailer::ask);
        Workflow.await(() -> !participants.any(Participant::isBeingMailed));
        if (participants.any(Participant::hasFailed)) {
            end(Status.MAIL_FAILED, null, null);
            return;
        }
        flowWaits = !request.choices().isEmpty();
        progress();
    }

    private void awaitEnding() {
        while (ending == null) {
            Instant due = deadline.next();
            boolean last = due.equals(deadline.end());
            Timer timer = new Timer(due, last ? "time is up" : Deadline.reminderLabel(deadline.reminders() + 1));
            Workflow.await(
                    () -> ending != null || timer.isOver() || !deadline.next().equals(due));
            if (ending != null) {
                return;
            }
            if (!timer.isOver()) {
                timer.cancel();
            } else if (last) {
                end(Status.TIMED_OUT, request.rules().timeoutOutcome(), null);
            } else {
                remind();
            }
        }
    }

    private void remind() {
        deadline.reminded(now());
        describe();
        participants.where(Participant::isWaitedFor).forEach(one -> mailer.remind(one, deadline.reminders()));
    }

    private void progress() {
        conclude();
        if (flowWaits && ending == null && !everybodyWasMailed && !participants.any(Participant::isBeingMailed)) {
            everybodyWasMailed = true;
            attributes.show(Status.WAITING);
        }
        describe();
    }

    /** One line, not again when the run is replayed. */
    private static void log(String what) {
        Workflow.getLogger(DecisionWorkflowImpl.class)
                .info("{} {}", Workflow.getInfo().getWorkflowId(), what);
    }

    /** For Temporal's UI; enters no history. */
    private void describe() {
        Instant next = deadline.next();
        Workflow.setCurrentDetails(Details.of(state(), next.equals(deadline.end()) ? null : next));
    }

    /** Ends the request as soon as the answers, or the lack of people who could give one, decide it. */
    private void conclude() {
        if (!flowWaits || ending != null) {
            return;
        }
        Tally.Verdict verdict = tally.count(participants.choices(), participants.outstanding());
        switch (verdict.kind()) {
            case OPEN -> {}
            case WON -> end(Status.DECIDED, verdict.outcome(), participants.lastToAnswer());
            case NO_AGREEMENT -> end(Status.NO_AGREEMENT, request.rules().timeoutOutcome(), null);
            case TOO_FEW -> end(Status.MAIL_FAILED, null, null);
        }
    }

    private void end(Status status, @Nullable Integer outcome, @Nullable Participant decider) {
        if (ending == null) {
            ending = new Ending(status, outcome, decider == null ? null : decider.place(), now());
            attributes.show(status);
            log(status.attribute());
            describe();
        }
    }

    private void finish(Supplier<Boolean> abandoned) {
        participants.all().forEach(Participant::stopSending);
        mailer.stopReminding();
        Optional<Promise<Void>> forgetting = forgetContent();
        if (ending != null && flowWaits) {
            reply.deliver(ending, participants, abandoned);
        }
        forgetting.ifPresent(DecisionWorkflowImpl::awaitForgetting);
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (ending == null) {
            attributes.showNoStatus();
        } else if (!flowWaits && ending.status() == Status.MAIL_FAILED) {
            throw ApplicationFailure.newNonRetryableFailure("Not every mail could be delivered", "MailFailed");
        }
    }

    private Optional<Promise<Void>> forgetContent() {
        if (!request.storesContent()) {
            return Optional.empty();
        }
        MailActivities activities = Workflow.newActivityStub(
                MailActivities.class,
                ActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(FORGETTING)
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .build());
        return Optional.of(Async.procedure(
                activities::forgetAttachments, Workflow.getInfo().getWorkflowId()));
    }

    private static void awaitForgetting(Promise<Void> forgetting) {
        try {
            forgetting.get();
        } catch (ActivityFailure failure) {
            // What stays behind is swept later; Flow's answer must not hang on it.
            Workflow.getLogger(DecisionWorkflowImpl.class).warn("Stored content was not forgotten");
        }
    }

    @Override
    public void decide(Decide answer) {
        participants.author(answer).ifPresent(author -> {
            author.countSignal();
            boolean known = answer.outcome() >= 0
                    && answer.outcome() < request.choices().size();
            if (ending == null && known) {
                participants.answers(
                        author, new Given(answer.outcome(), cut(answer.comment()), now(), answer.visits()));
                progress();
            }
        });
    }

    private static @Nullable String cut(@Nullable String comment) {
        return comment == null || comment.length() <= LONGEST_COMMENT ? comment : comment.substring(0, LONGEST_COMMENT);
    }

    @Override
    public DecisionState state() {
        Reached reached = reply.reached();
        return new DecisionState(
                ending != null ? ending.status() : everybodyWasMailed ? Status.WAITING : Status.SENDING,
                request.from(),
                request.subject(),
                request.labels(),
                deadline.end(),
                request.language(),
                request.rules().comments(),
                participants.all().stream().map(Participant::snapshot).toList(),
                ending == null ? null : ending.outcome(),
                ending == null ? null : ending.decidedBy(),
                ending == null ? null : ending.at(),
                reply.status(),
                reply.error(),
                reached == null ? null : reached.wayBack(),
                reached == null ? null : reached.invokeType(),
                reached == null ? null : reached.hadBeenAnswered());
    }

    @Override
    public void withdraw(@Nullable Reason reason) {
        end(Status.WITHDRAWN, null, null);
    }

    @Override
    public void checkWithdraw(@Nullable Reason reason) {
        operators.requireOpen();
    }

    @Override
    public void extend(@Nullable Extension extension) {
        operators.extend(extension);
        log("extended by an operator");
        attributes.showDeadline(deadline.end());
        describe();
    }

    @Override
    public void checkExtend(@Nullable Extension extension) {
        operators.checkExtend(extension);
    }

    @Override
    public void reassign(@Nullable Reassignment reassignment) {
        mailer.ask(operators.reassign(reassignment));
        log("reassigned by an operator");
        describe();
    }

    @Override
    public void checkReassign(@Nullable Reassignment reassignment) {
        operators.checkReassign(reassignment);
    }

    @Override
    public void resend(@Nullable Resend resend) {
        operators.resend(resend).forEach(mailer::ask);
        log("mailed again for an operator");
        describe();
    }

    @Override
    public void checkResend(@Nullable Resend resend) {
        operators.checkResend(resend);
    }

    @Override
    public void retryCallback(@Nullable Reason reason) {
        reply.retry();
        log("Flow is told again for an operator");
    }

    @Override
    public void checkRetryCallback(@Nullable Reason reason) {
        operators.checkRetryCallback(reply.status());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
