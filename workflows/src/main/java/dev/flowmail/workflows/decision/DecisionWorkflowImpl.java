package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState.Given;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handlers record what happened; {@link #run} acts on it: mails, shows, tells Flow. */
public final class DecisionWorkflowImpl implements DecisionWorkflow {

    private static final int LONGEST_COMMENT = 2_000;

    private final DecisionRequest request;
    private final Instant acceptedAt;
    private final Participants participants;
    private final Tally tally;
    private final Deadline deadline;
    private final SearchAttributes attributes;
    private final Mailer mailer;
    private final Files files;
    private final FlowReply reply;
    private final Operators operators;
    private final Seals seals;
    private final Hold hold;

    /** Runs of version 1.0: their handlers acted by themselves, and do so until they have ended. */
    private final boolean actsInHandlers;

    private Mode mode;
    private boolean hasToAct;
    private boolean everybodyWasMailed;
    private boolean deadlineWasMoved;
    private Status shown = Status.SENDING;
    private @Nullable Ending ending;

    /** What Flow was answered when the request was accepted. */
    private enum Mode {
        /** To go on: there is nothing to choose from. */
        FLOW_GOES_ON,
        /** Nothing yet: it is a debug run, and its mails are on their way. */
        FLOW_HAS_NO_ANSWER,
        /** To wait for how the request ends. */
        FLOW_WAITS
    }

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
        this.files = new Files(request);
        this.reply = new FlowReply(request, acceptedAt, attributes, this::describe);
        this.operators = new Operators(
                participants, deadline, rules, () -> ending == null && mode == Mode.FLOW_WAITS, () -> isHeld());
        this.seals = new Seals(request.bindsAnswers());
        this.hold = new Hold(rules.hold());
        this.mode = request.choices().isEmpty()
                ? Mode.FLOW_GOES_ON
                : request.debug() ? Mode.FLOW_HAS_NO_ANSWER : Mode.FLOW_WAITS;
        this.actsInHandlers =
                Workflow.getVersion("handlers-record", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
    }

    @Override
    public void run(DecisionRequest sameRequest) {
        CancellationScope run = CancellationScope.current();
        describe();
        CancellationScope fetching = files.fetch();
        try {
            mailEverybody();
            if (mode == Mode.FLOW_WAITS) {
                awaitEnding();
            }
        } catch (CanceledFailure cancelled) {
            end(Status.WITHDRAWN, null, null);
        }
        fetching.cancel();
        boolean withdrawn = run.isCancelRequested();
        Workflow.newDetachedCancellationScope(() -> finish(() -> !withdrawn && run.isCancelRequested()))
                .run();
        if (run.isCancelRequested()) {
            throw new CanceledFailure("withdrawn");
        }
    }

    private void mailEverybody() {
        participants
                .where(participant -> actsInHandlers || !participant.hasAnswered())
                .forEach(Participant::markForMail);
        act();
        if (mode == Mode.FLOW_WAITS) {
            return;
        }
        Workflow.await(() -> !participants.any(Participant::isBeingMailed));
        if (participants.any(Participant::hasFailed)) {
            end(Status.MAIL_FAILED, null, null);
        } else if (mode == Mode.FLOW_HAS_NO_ANSWER) {
            mode = Mode.FLOW_WAITS;
            progress();
        } else {
            describe();
        }
    }

    /** What the state asks for and has not been done yet. */
    private void act() {
        hasToAct = false;
        if (ending == null || actsInHandlers) {
            // nobody is asked while the request is decided, unless it is open again
            participants.where(one -> one.awaitsMail() && !isHeld()).forEach(this::ask);
            participants.where(Participant::awaitsCode).forEach(mailer::sendCode);
        }
        if (deadlineWasMoved) {
            deadlineWasMoved = false;
            attributes.showDeadline(deadline.end());
        }
        if (shown != status()) {
            shown = status();
            attributes.show(shown);
        }
    }

    private void ask(Participant participant) {
        if (!actsInHandlers) {
            // one that is still tried is replaced
            participant.stopSending();
        }
        if (request.debug() && mode != Mode.FLOW_WAITS) {
            mailer.askOnce(participant, acceptedAt);
        } else {
            mailer.ask(participant);
        }
    }

    private void changed() {
        describe();
        if (actsInHandlers) {
            act();
        } else {
            hasToAct = true;
        }
    }

    private void awaitEnding() {
        while (ending == null) {
            if (isHeld()) {
                awaitEndOfHold();
            } else {
                awaitAnswers();
            }
        }
    }

    /** Until the request is decided or has ended, or something that is due was done. */
    private void awaitAnswers() {
        Instant due = deadline.next();
        boolean last = due.equals(deadline.end());
        Timer timer = new Timer(due, last ? "time is up" : Deadline.reminderLabel(deadline.reminders() + 1));
        actUntil(() ->
                ending != null || isHeld() || timer.isOver() || !deadline.next().equals(due));
        if (ending != null) {
            return;
        }
        if (isHeld() || !timer.isOver()) {
            timer.cancel();
        } else if (last && !wasMovedAsTimeRanOut(due)) {
            end(Status.TIMED_OUT, request.rules().timeoutOutcome(), null);
        } else if (!last) {
            remind();
        }
    }

    /** Until what stands is the end, an operator has ended the request, or it is open again. */
    private void awaitEndOfHold() {
        Instant due = hold.end();
        Timer timer = new Timer(due, "hold: Flow is told when it is over");
        actUntil(() -> ending != null || !hold.runsUntil(due) || hold.isReleased() || timer.isOver());
        timer.cancel();
        Ending standing = hold.standing();
        if (standing != null && (hold.isReleased() || (timer.isOver() && hold.runsUntil(due)))) {
            end(standing);
        }
    }

    private boolean isHeld() {
        return ending == null && hold.isRunning();
    }

    /** An operator's extension may be accepted by the very task that hears of the deadline; runs of 1.0 ended all the same. */
    private boolean wasMovedAsTimeRanOut(Instant due) {
        return !deadline.end().equals(due)
                && Workflow.getVersion("extension-holds", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }

    private void actUntil(Supplier<Boolean> isOver) {
        do {
            act();
            Workflow.await(() -> hasToAct || isOver.get());
        } while (!isOver.get());
    }

    private void remind() {
        deadline.reminded(now());
        describe();
        participants.where(Participant::isWaitedFor).forEach(one -> mailer.remind(one, deadline.reminders()));
    }

    private void progress() {
        if (mode == Mode.FLOW_WAITS && ending == null) {
            if (!isHeld()) {
                conclude();
            }
            everybodyWasMailed |= !participants.any(Participant::isBeingMailed);
        }
        changed();
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

    /** Ends the request as soon as the answers, or the lack of people who could give one, decide it; a decision may be held. */
    private void conclude() {
        Ending reached = reached();
        if (reached == null) {
            return;
        }
        if (hold.isWanted() && reached.status() == Status.DECIDED) {
            hold.begin(reached);
            log("is decided and held");
            changed();
        } else {
            end(reached);
        }
    }

    /** What the answers amount to; null while the request is open. */
    private @Nullable Ending reached() {
        Tally.Verdict verdict = tally.count(participants.choices(), participants.outstanding());
        return switch (verdict.kind()) {
            case OPEN -> null;
            case WON -> ending(Status.DECIDED, verdict.outcome(), participants.lastToAnswer());
            case NO_AGREEMENT -> ending(Status.NO_AGREEMENT, request.rules().timeoutOutcome(), null);
            case TOO_FEW -> ending(Status.MAIL_FAILED, null, null);
        };
    }

    /** Decides anew. A request that would be open again after its deadline has run out of time. */
    private void change(Participant giver, Given given) {
        participants.changes(giver, given);
        Ending reached = reached();
        boolean outOfTime = reached == null && !now().isBefore(deadline.end());
        hold.stands(outOfTime ? ending(Status.TIMED_OUT, request.rules().timeoutOutcome(), null) : reached);
        log("has its deciding answer changed");
        changed();
    }

    private static Ending ending(Status status, @Nullable Integer outcome, @Nullable Participant decider) {
        return new Ending(status, outcome, decider == null ? null : decider.place(), now(), null);
    }

    private void end(Status status, @Nullable Integer outcome, @Nullable Participant decider) {
        end(ending(status, outcome, decider));
    }

    private void end(Ending reached) {
        if (ending == null) {
            ending = reached;
            log(reached.status().attribute());
            changed();
        }
    }

    private void finish(Supplier<Boolean> abandoned) {
        act();
        participants.all().forEach(Participant::stopSending);
        mailer.stopReminding();
        Optional<Promise<Void>> forgetting = files.forget();
        if (ending != null && mode == Mode.FLOW_WAITS) {
            reply.deliver(ending, participants, deadline.end(), abandoned);
        }
        forgetting.ifPresent(Files::awaitForgotten);
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (ending == null) {
            attributes.showNoStatus();
        } else if (mode != Mode.FLOW_WAITS && ending.status() == Status.MAIL_FAILED) {
            throw ApplicationFailure.newNonRetryableFailure("Not every mail could be delivered", "MailFailed");
        }
    }

    @Override
    public void decide(@Nullable Decide answer) {
        if (answer == null || !seals.admit(answer)) {
            log("ignores an answer that was not encrypted for it");
            return;
        }
        participants.author(answer).ifPresent(author -> {
            author.countSignal();
            boolean known = answer.outcome() >= 0
                    && answer.outcome() < request.offered().size();
            boolean mayCount = ending == null && known && (!isHeld() || hold.admits(answer, author));
            if (!mayCount || !isConfirmed(author, answer)) {
                return;
            }
            Given given = new Given(answer.outcome(), cut(answer.comment()), now(), answer.visits(), answer.manner());
            if (isHeld()) {
                change(author, given);
            } else {
                participants.answers(author, given);
                progress();
            }
        });
    }

    /** The page says so as well; this is for an answer that another process took, which did not know the request. */
    private boolean isConfirmed(Participant author, Decide answer) {
        List<Integer> proof = request.rules().proof();
        if (proof != null && proof.contains(answer.outcome())) {
            return isProven(author, answer);
        }
        return request.rules().confirmation() != Confirmation.CODE
                || (answer.manner() != null && answer.manner().method().equals(Manner.CODE));
    }

    /** Whether the answer brings the code that was mailed for it; one without is told to the mailbox. */
    private boolean isProven(Participant author, Decide answer) {
        Decide.Proof proof = answer.proof();
        FreshCode code = author.code();
        if ((author.hasAnswered() && !isHeld()) || proof == null) {
            return false;
        }
        if (proof.typed() != null) {
            boolean right = code != null && code.accepts(answer.outcome(), proof.typed(), now());
            describe();
            return right;
        }
        boolean isDue = code == null || code.snapshot().mayBeReplaced(now());
        if (proof.fresh() != null && isDue) {
            author.isToGet(new FreshCode(answer.outcome(), proof.fresh(), now()));
            changed();
        }
        return false;
    }

    private static @Nullable String cut(@Nullable String comment) {
        return comment == null || comment.length() <= LONGEST_COMMENT ? comment : comment.substring(0, LONGEST_COMMENT);
    }

    private Status status() {
        Ending standing = standing();
        return standing != null ? standing.status() : everybodyWasMailed ? Status.WAITING : Status.SENDING;
    }

    /** How the request has ended, or will when the hold is over. */
    private @Nullable Ending standing() {
        return ending != null ? ending : hold.standing();
    }

    @Override
    public DecisionState state() {
        Reached reached = reply.reached();
        Ending standing = standing();
        return new DecisionState(
                status(),
                request.from(),
                request.subject(),
                request.choices().stream().map(Choice::label).toList(),
                deadline.end(),
                request.language(),
                request.rules().comments(),
                participants.all().stream().map(Participant::snapshot).toList(),
                standing == null ? null : standing.outcome(),
                standing == null ? null : standing.decidedBy(),
                standing == null ? null : standing.at(),
                reply.status(),
                reply.error(),
                reached == null ? null : reached.wayBack(),
                reached == null ? null : reached.invokeType(),
                reached == null ? null : reached.hadBeenAnswered(),
                request.offered().size(),
                request.tones(),
                request.rules().afterAnswer(),
                reply.receipt(),
                request.rules().confirmation(),
                request.rules().proof(),
                ending == null ? request.excerpt() : null,
                request.agreement(),
                ending == null ? null : ending.reason(),
                request.rules().timeZone(),
                request.rules().hold(),
                ending == null ? hold.snapshot() : null);
    }

    @Override
    public void withdraw(@Nullable Reason reason) {
        end(new Ending(Status.WITHDRAWN, null, null, now(), reason == null ? null : cut(reason.reason())));
    }

    @Override
    public void checkWithdraw(@Nullable Reason reason) {
        operators.requireNotEnded();
    }

    @Override
    public void release(@Nullable Reason reason) {
        hold.release();
        log("released by an operator");
        changed();
    }

    @Override
    public void checkRelease(@Nullable Reason reason) {
        operators.requireHeld();
    }

    @Override
    public void extend(@Nullable Extension extension) {
        operators.extend(extension);
        deadlineWasMoved = true;
        log("extended by an operator");
        changed();
    }

    @Override
    public void checkExtend(@Nullable Extension extension) {
        operators.checkExtend(extension);
    }

    @Override
    public void reassign(@Nullable Reassignment reassignment) {
        Participant participant = operators.reassign(reassignment);
        if (actsInHandlers) {
            participant.stopSending();
        }
        participant.markForMail();
        log("reassigned by an operator");
        changed();
    }

    @Override
    public void checkReassign(@Nullable Reassignment reassignment) {
        operators.checkReassign(reassignment);
    }

    @Override
    public void resend(@Nullable Resend resend) {
        operators.resend(resend).forEach(Participant::markForMail);
        log("mailed again for an operator");
        changed();
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
