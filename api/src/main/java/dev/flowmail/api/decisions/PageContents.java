package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Answer;
import dev.flowmail.templates.Page.Attempt;
import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Matter;
import dev.flowmail.templates.Page.Reason;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.TimeZones;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands on the pages that tell what became of a request, or of an answer to it; taken from its state. */
final class PageContents {

    private PageContents() {}

    /**
     * The answer is recorded, and no worker has confirmed it yet.
     *
     * @param outcome null where it is not known which they chose
     */
    static Page pending(DecisionState state, @Nullable Integer outcome) {
        return new Page.Pending(
                state.language(),
                matter(state),
                outcome == null ? null : state.choices().get(outcome));
    }

    private static Matter matter(DecisionState state) {
        return new Matter(state.from().label(), state.subject());
    }

    private static Answer answer(DecisionState state, Given given) {
        return new Answer(state.choices().get(given.outcome()), given.comment(), at(state, given.at()));
    }

    static @Nullable ZonedDateTime heldUntil(DecisionState state) {
        return state.held() == null ? null : at(state, state.held().until());
    }

    /** The answer that was given, while others still answer. */
    static Page answered(DecisionState state, Given given, @Nullable Attempt attempt) {
        return new Page.AlreadyAnswered(state.language(), matter(state), answer(state, given), attempt);
    }

    /** The answer that has just been recorded, or had been. */
    static Page recorded(DecisionState state, DecisionLink link, Given given) {
        boolean holds = Objects.equals(state.outcome(), given.outcome());
        Page.Effect effect = holds
                ? Page.Effect.DECIDED
                : state.hasEnded() ? Page.Effect.ENDED_OTHERWISE : Page.Effect.OTHERS_STILL_ANSWER;
        return new Page.Recorded(
                state.language(),
                matter(state),
                answer(state, given),
                effect,
                holds ? null : outcome(state),
                flowKnows(state),
                wayBack(state, given),
                goesOn(state) && Objects.equals(state.decidedBy(), link.recipient()),
                heldUntil(state));
    }

    /** Whether the page of the deciding answer leads into the flow by itself. */
    static boolean goesOn(DecisionState state) {
        return state.afterAnswer() == AfterAnswer.FLOW;
    }

    /** What was decided, and by whom. */
    static Page decided(DecisionState state, DecisionLink link, @Nullable Given given, @Nullable Attempt attempt) {
        List<Person> deciders = deciders(state);
        return new Page.AlreadyDecided(
                state.language(),
                matter(state),
                Objects.requireNonNull(outcome(state)),
                deciders.stream().map(person -> person.mailbox().label()).toList(),
                deciders.contains(state.people().get(link.recipient())),
                at(state, Objects.requireNonNull(state.endedAt())),
                given == null ? null : state.choices().get(given.outcome()),
                attempt,
                flowKnows(state),
                wayBack(state, given),
                heldUntil(state));
    }

    /** In the zone of the request. */
    static ZonedDateTime at(DecisionState state, Instant instant) {
        return instant.atZone(TimeZones.of(state.timeZone()));
    }

    /** Whose answers are the one that holds, the first of them first. */
    private static List<Person> deciders(DecisionState state) {
        return state.people().stream()
                .filter(person -> person.answer() != null
                        && Objects.equals(state.outcome(), person.answer().outcome()))
                .sorted(Comparator.comparing(
                        person -> Objects.requireNonNull(person.answer()).at()))
                .toList();
    }

    /** @param reason why nobody answers any more, at this link or at all */
    static Page gone(DecisionState state, Reason reason, @Nullable Attempt attempt) {
        Instant endedAt = state.endedAt();
        boolean reassigned = reason == Reason.REASSIGNED;
        return new Page.Gone(
                state.language(),
                reason,
                matter(state),
                reassigned || endedAt == null ? null : at(state, endedAt),
                reassigned ? null : outcome(state),
                reassigned ? null : state.reason(),
                attempt);
    }

    private static @Nullable String outcome(DecisionState state) {
        return state.outcome() == null ? null : state.choices().get(state.outcome());
    }

    /** Only for somebody whose answer is the one that holds. */
    private static @Nullable String wayBack(DecisionState state, @Nullable Given given) {
        return given != null && Objects.equals(state.outcome(), given.outcome()) ? state.wayBack() : null;
    }

    private static FlowKnows flowKnows(DecisionState state) {
        return switch (state.callback()) {
            case NONE -> state.hasEnded() && state.held() == null ? FlowKnows.SOON : FlowKnows.NOTHING_TO_TELL;
            case PENDING -> FlowKnows.SOON;
            case REACHED -> FlowKnows.YES;
            case FAILED -> FlowKnows.REFUSED;
        };
    }
}
