package dev.flowmail.workflows.decision;

import java.time.Instant;

/** The durable wait for a request's end: for answers, reminders and the deadline, or for the end of a hold. */
final class Wait {

    private final Participants participants;
    private final Deadline deadline;
    private final Standing standing;
    private final Agenda agenda;
    private final Mailer mailer;
    private final Runnable changed;

    /** @param changed to be called after each change of the state */
    Wait(
            Participants participants,
            Deadline deadline,
            Standing standing,
            Agenda agenda,
            Mailer mailer,
            Runnable changed) {
        this.participants = participants;
        this.deadline = deadline;
        this.standing = standing;
        this.agenda = agenda;
        this.mailer = mailer;
        this.changed = changed;
    }

    void untilTheEnd() {
        while (!standing.hasEnded()) {
            if (standing.isHeld()) {
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
        agenda.actUntil(() -> standing.hasEnded()
                || standing.isHeld()
                || timer.isOver()
                || !deadline.next().equals(due));
        if (standing.hasEnded()) {
            return;
        }
        if (standing.isHeld() || !timer.isOver()) {
            timer.cancel();
        } else if (last && !wasMovedAsTimeRanOut(due)) {
            standing.timeOut();
            changed.run();
        } else if (!last) {
            remind();
        }
    }

    /** An operator's extension may be accepted by the very task that hears of the deadline. */
    private boolean wasMovedAsTimeRanOut(Instant due) {
        return !deadline.end().equals(due) && !Preview.endsDespiteAnExtension();
    }

    private void remind() {
        deadline.reminded(Run.now());
        changed.run();
        participants.where(Participant::isWaitedFor).forEach(one -> mailer.remind(one, deadline.reminders()));
    }

    /** Until what stands is the end, an operator has ended the request, or it is open again. */
    private void awaitEndOfHold() {
        Hold hold = standing.hold();
        Instant due = hold.end();
        Timer timer = new Timer(due, "hold: Flow is told when it is over");
        agenda.actUntil(() -> standing.hasEnded() || !hold.runsUntil(due) || hold.isReleased() || timer.isOver());
        timer.cancel();
        Ending held = hold.standing();
        if (held != null && (hold.isReleased() || (timer.isOver() && hold.runsUntil(due)))) {
            standing.end(held);
            changed.run();
        }
    }
}
