package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import java.util.Optional;

/** A request as whoever a link was mailed to may see it. */
record Viewpoint(DecisionState state, DecisionLink link) {

    /** Who the link was mailed to; empty when somebody else has been asked instead since. */
    Optional<Person> person() {
        return link.recipient() < state.people().size()
                ? Optional.of(state.people().get(link.recipient()))
                        .filter(person -> person.generation() == link.generation())
                : Optional.empty();
    }

    /** What that person has answered. */
    Optional<Given> answer() {
        return person().map(Person::answer);
    }

    /** Whether the request is decided by that person's answer, which may be changed. */
    boolean mayChange() {
        return state.held() != null && state.held().giver() == link.recipient() && answer().isPresent();
    }

    /** Whether the submission gives another answer instead of the one that stands, and says so. */
    boolean changes(Submission submission) {
        return mayChange()
                && answer().filter(given ->
                                given.at().equals(submission.replaces()) && given.outcome() != submission.outcome())
                        .isPresent();
    }

    /** Whether the answer could be changed, and the submission does not know which one stands. */
    boolean isOlderThanAnswer(Submission submission) {
        return mayChange() && !changes(submission);
    }

    /** The receipt, once Flow has been told; empty where there is none, and for whom the request is not any more. */
    Optional<String> receipt() {
        return state.callback() == CallbackStatus.REACHED && person().isPresent()
                ? Optional.ofNullable(state.receipt())
                : Optional.empty();
    }
}
