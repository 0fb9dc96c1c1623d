package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState.Given;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the answers that come count, and which fresh codes they ask for. */
final class Answers {

    private final DecisionRequest request;
    private final Participants participants;
    private final Standing standing;
    private final Seals seals;

    Answers(DecisionRequest request, Participants participants, Standing standing) {
        this.request = request;
        this.participants = participants;
        this.standing = standing;
        this.seals = new Seals(request.bindsAnswers());
    }

    /** Records an answer that counts; one that does not changes nothing but what is counted of its author. */
    void receive(@Nullable Decide answer) {
        if (answer == null || !seals.admit(answer)) {
            Run.log("ignores an answer that was not encrypted for it");
            return;
        }
        participants.author(answer).ifPresent(author -> {
            author.countSignal();
            if (mayCount(author, answer) && isConfirmed(author, answer)) {
                standing.answer(
                        author,
                        new Given(
                                answer.outcome(),
                                Remark.kept(answer.comment()),
                                Run.now(),
                                answer.visits(),
                                answer.manner()));
            }
        });
    }

    private boolean mayCount(Participant author, Decide answer) {
        boolean known =
                answer.outcome() >= 0 && answer.outcome() < request.offered().size();
        return known
                && !standing.hasEnded()
                && (!standing.isHeld() || standing.hold().admits(answer, author));
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
        if ((author.hasAnswered() && !standing.isHeld()) || proof == null) {
            return false;
        }
        if (proof.typed() != null) {
            return code != null && code.accepts(answer.outcome(), proof.typed(), Run.now());
        }
        boolean isDue = code == null || code.snapshot().mayBeReplaced(Run.now());
        if (proof.fresh() != null && isDue) {
            author.isToGet(new FreshCode(answer.outcome(), proof.fresh(), Run.now()));
        }
        return false;
    }
}
