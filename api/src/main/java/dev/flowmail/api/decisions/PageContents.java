package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.templates.Agreement;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Attempt;
import dev.flowmail.templates.Page.Code;
import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Page.Reason;
import dev.flowmail.templates.Tone;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.TimeZones;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What stands on the pages of a request, taken from its state. */
final class PageContents {

    /** Of a request from an earlier release. */
    private static final Excerpt NOTHING_KNOWN = new Excerpt("", true, List.of());

    private PageContents() {}

    /** Where an answer needs a fresh code, that is the only one: it is asked for once it has been mailed. */
    static @Nullable Code asksAlways(DecisionState state, int outcome) {
        return state.confirmation() == Confirmation.CODE && !state.needsProof(outcome) ? Code.MAILED : null;
    }

    /** The answer is recorded, and no worker has confirmed it yet. */
    static Page pending(DecisionState state, int outcome) {
        return new Page.Pending(
                state.language(),
                state.from().label(),
                state.subject(),
                state.choices().get(outcome));
    }

    /** The question again, with what stands. */
    static Page change(
            DecisionState state, Given given, int outcome, @Nullable String comment, @Nullable Problem problem) {
        int other = outcome != given.outcome() ? outcome : given.outcome() == 0 ? 1 : 0;
        return confirm(state, other, comment, problem, asksAlways(state, other)).changing(stands(state, given));
    }

    static Page.Standing stands(DecisionState state, Given given) {
        return new Page.Standing(given.outcome(), String.valueOf(given.at().toEpochMilli()), heldUntil(state));
    }

    private static @Nullable ZonedDateTime heldUntil(DecisionState state) {
        return state.held() == null ? null : at(state, state.held().until());
    }

    /** The question. */
    static Page.Confirm confirm(
            DecisionState state,
            int outcome,
            @Nullable String comment,
            @Nullable Problem problem,
            @Nullable Code code) {
        return new Page.Confirm(
                state.language(),
                asked(state),
                outcomes(state),
                outcome,
                at(state, state.deadline()),
                Page.Comments.valueOf(state.comments().name()),
                comment,
                problem,
                null,
                code,
                state.hold(),
                null);
    }

    private static Page.Asked asked(DecisionState state) {
        Mailbox from = state.from();
        Excerpt excerpt = Objects.requireNonNullElse(state.excerpt(), NOTHING_KNOWN);
        return new Page.Asked(
                from.label(),
                from.name() == null ? null : from.address(),
                state.subject(),
                excerpt.words(),
                excerpt.isWhole(),
                excerpt.files().stream()
                        .map(file -> new Page.File(file.name(), file.size()))
                        .toList(),
                agreement(state),
                (int) state.people().stream()
                        .filter(person -> person.answer() != null)
                        .count());
    }

    private static @Nullable Agreement agreement(DecisionState state) {
        Question.Agreement agreement = state.agreement();
        if (agreement == null) {
            return null;
        }
        Integer veto = agreement.veto();
        return new Agreement(
                agreement.asked(),
                agreement.needed(),
                veto == null ? null : state.choices().get(veto));
    }

    private static List<Page.Outcome> outcomes(DecisionState state) {
        List<Question.Tone> tones = state.tones();
        List<String> labels = state.buttons();
        return IntStream.range(0, labels.size())
                .mapToObj(index -> new Page.Outcome(
                        labels.get(index),
                        tones == null
                                ? Tone.PLAIN
                                : Tone.valueOf(tones.get(index).name())))
                .toList();
    }

    /** The answer that was given, while others still answer. */
    static Page answered(DecisionState state, Given given, @Nullable Attempt attempt) {
        return new Page.AlreadyAnswered(
                state.language(),
                state.from().label(),
                state.subject(),
                state.choices().get(given.outcome()),
                given.comment(),
                at(state, given.at()),
                attempt);
    }

    /** The answer that has just been recorded, or had been. */
    static Page recorded(DecisionState state, DecisionLink link, Given given) {
        boolean holds = Objects.equals(state.outcome(), given.outcome());
        Page.Effect effect = holds
                ? Page.Effect.DECIDED
                : state.hasEnded() ? Page.Effect.ENDED_OTHERWISE : Page.Effect.OTHERS_STILL_ANSWER;
        return new Page.Recorded(
                state.language(),
                state.from().label(),
                state.subject(),
                state.choices().get(given.outcome()),
                given.comment(),
                at(state, given.at()),
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
                state.from().label(),
                state.subject(),
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

    private static ZonedDateTime at(DecisionState state, Instant instant) {
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
                state.from().label(),
                state.subject(),
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
