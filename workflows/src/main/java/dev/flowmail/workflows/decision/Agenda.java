package dev.flowmail.workflows.decision;

import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/** What the state asks for and has not been done yet: mails, codes, what operators search by. */
final class Agenda {

    private final Participants participants;
    private final Deadline deadline;
    private final Standing standing;
    private final Mailer mailer;
    private final SearchAttributes attributes;
    private final Preview preview;
    private final boolean debug;
    private boolean isDue;
    private Status shown = Status.SENDING;
    private int shownMoves;

    Agenda(
            DecisionRequest request,
            Participants participants,
            Deadline deadline,
            Standing standing,
            Mailer mailer,
            SearchAttributes attributes,
            Preview preview) {
        this.debug = request.debug();
        this.participants = participants;
        this.deadline = deadline;
        this.standing = standing;
        this.mailer = mailer;
        this.attributes = attributes;
        this.preview = preview;
    }

    /** The state has changed: the main method is to act. */
    void changed() {
        if (preview.actsInHandlers()) {
            act();
        } else {
            isDue = true;
        }
    }

    /** For the main method: acts on each change until there is nothing to wait for any more. */
    void actUntil(Supplier<Boolean> isOver) {
        do {
            act();
            Workflow.await(() -> isDue || isOver.get());
        } while (!isOver.get());
    }

    /** For the main method. */
    void act() {
        isDue = false;
        if (!standing.hasEnded() || preview.actsInHandlers()) {
            // nobody is asked while the request is decided, unless it is open again
            participants
                    .where(one -> one.mailing().isDue() && !standing.isHeld())
                    .forEach(this::ask);
            participants.where(Participant::awaitsCode).forEach(mailer::sendCode);
        }
        if (shownMoves != deadline.moves()) {
            shownMoves = deadline.moves();
            attributes.showDeadline(deadline.end());
        }
        if (shown != standing.status()) {
            shown = standing.status();
            attributes.show(shown);
        }
    }

    private void ask(Participant participant) {
        if (!preview.actsInHandlers()) {
            // one that is still tried is replaced
            participant.mailing().stop();
        }
        if (debug && !standing.asks()) {
            mailer.askOnce(participant);
        } else {
            mailer.ask(participant);
        }
    }
}
