package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.callback.LateAnswer.Fault;
import dev.flowmail.workflows.decision.DecisionState.Given;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Flow is told of an end: the outcome, or the fault where there is none, and everybody's answers. */
final class LateAnswers {

    private final DecisionRequest request;
    private final Participants participants;

    LateAnswers(DecisionRequest request, Participants participants) {
        this.request = request;
        this.participants = participants;
    }

    /** @param receipt the signed receipt; null where there is none */
    LateAnswer of(Ending ending, @Nullable String receipt) {
        Participant decider =
                ending.decidedBy() == null ? null : participants.all().get(ending.decidedBy());
        return new LateAnswer(
                Objects.requireNonNull(request.flow()),
                ending.outcome() == null
                        ? null
                        : request.choices().get(ending.outcome()).outcome(),
                ending.outcome() == null ? fault(ending.status()) : null,
                decider == null ? null : decider.mailbox().address(),
                decider == null ? null : decider.given().comment(),
                ending.at(),
                participants.answered().stream().map(this::answered).toList(),
                ending.status().attribute(),
                receipt);
    }

    private Answered answered(Participant participant) {
        Given given = participant.given();
        return new Answered(
                participant.mailbox().address(),
                request.choices().get(given.outcome()).outcome().developerName(),
                given.comment(),
                given.at());
    }

    private static Fault fault(Status status) {
        return switch (status) {
            case TIMED_OUT -> new Fault("Timeout", "Nobody decided in time.");
            case NO_AGREEMENT -> new Fault("NoAgreement", "The answers given leave no outcome that could still win.");
            case MAIL_FAILED -> new Fault("MailFailed", "Fewer recipients than needed could be reached by mail.");
            default -> new Fault("Withdrawn", "The decision request was withdrawn.");
        };
    }
}
