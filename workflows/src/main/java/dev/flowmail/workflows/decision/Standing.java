package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.DecisionState.Given;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a request stands: whether answers are awaited, what they amount to, whether that is held, how the request ended. */
final class Standing {

    private final Rules rules;
    private final Participants participants;
    private final Deadline deadline;
    private final Tally tally;
    private final Hold hold;
    private Mode mode;
    private boolean everybodyWasMailed;
    private @Nullable Ending ending;

    Standing(DecisionRequest request, Participants participants, Deadline deadline) {
        this.rules = request.rules();
        this.participants = participants;
        this.deadline = deadline;
        this.tally = new Tally(rules.answersNeeded(), rules.vetoOutcome());
        this.hold = new Hold(rules.hold());
        this.mode = Mode.of(request);
    }

    /** Whether somebody waits for how the request ends. */
    boolean asks() {
        return mode == Mode.ASKS;
    }

    /** All mails could be sent, in a mode in which that is waited for. */
    void allWereMailed() {
        mode = mode.onceMailed();
        progress();
    }

    boolean hasEnded() {
        return ending != null;
    }

    /** Whether somebody waits for an end that has not come; it may be decided and held. */
    boolean isOpen() {
        return asks() && !hasEnded();
    }

    /** Whether the request is decided, and nobody has been told. */
    boolean isHeld() {
        return !hasEnded() && hold.isRunning();
    }

    Hold hold() {
        return hold;
    }

    /** How the request ended; null before. */
    @Nullable
    Ending ending() {
        return ending;
    }

    /** How the request has ended, or will when the hold is over; null while it is undecided. */
    @Nullable
    Ending decided() {
        return ending != null ? ending : hold.standing();
    }

    Status status() {
        Ending decided = decided();
        return decided != null ? decided.status() : everybodyWasMailed ? Status.WAITING : Status.SENDING;
    }

    /** Records an answer that counts, the first of its author or what they change the held one to. */
    void answer(Participant author, Given given) {
        if (isHeld()) {
            participants.changes(author, given);
            decideAnew();
        } else {
            participants.answers(author, given);
            progress();
        }
    }

    /** Ends or holds the request as soon as the answers, or the lack of people who could give one, decide it. */
    void progress() {
        if (!isOpen()) {
            return;
        }
        if (!isHeld()) {
            conclude();
        }
        everybodyWasMailed |= !participants.any(Participant::isBeingMailed);
    }

    private void conclude() {
        Ending reached = reached();
        if (reached == null) {
            return;
        }
        if (hold.isWanted() && reached.status() == Status.DECIDED) {
            hold.begin(reached);
            Run.log("is decided and held");
        } else {
            end(reached);
        }
    }

    /** A request that would be open again after its deadline has run out of time. */
    private void decideAnew() {
        Ending reached = reached();
        boolean outOfTime = reached == null && !Run.now().isBefore(deadline.end());
        hold.stands(outOfTime ? Ending.now(Status.TIMED_OUT, rules.timeoutOutcome()) : reached);
        Run.log("has its deciding answer changed");
    }

    /** What the answers amount to; null while the request is open. */
    private @Nullable Ending reached() {
        Tally.Verdict verdict = tally.count(participants.choices(), participants.outstanding());
        return switch (verdict.kind()) {
            case OPEN -> null;
            case WON -> Ending.by(participants.lastToAnswer(), Objects.requireNonNull(verdict.outcome()));
            case NO_AGREEMENT -> Ending.now(Status.NO_AGREEMENT, rules.timeoutOutcome());
            case TOO_FEW -> Ending.now(Status.MAIL_FAILED, null);
        };
    }

    /** Time is up. */
    void timeOut() {
        end(Ending.now(Status.TIMED_OUT, rules.timeoutOutcome()));
    }

    /** Ends the request, unless it has ended. */
    void end(Ending reached) {
        if (ending == null) {
            ending = reached;
            Run.log(reached.status().attribute());
        }
    }
}
