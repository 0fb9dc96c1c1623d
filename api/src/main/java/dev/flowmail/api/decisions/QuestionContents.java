package dev.flowmail.api.decisions;

import dev.flowmail.activities.smtp.QuestionTerms;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Code;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What stands on the page that asks, taken from the request's state. */
final class QuestionContents {

    /** Of a request from an earlier release. */
    private static final Excerpt NOTHING_KNOWN = new Excerpt("", true, List.of());

    private QuestionContents() {}

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
                PageContents.at(state, state.deadline()),
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
                QuestionTerms.agreement(state.agreement(), state.choices()::get),
                (int) state.people().stream()
                        .filter(person -> person.answer() != null)
                        .count());
    }

    private static List<Page.Outcome> outcomes(DecisionState state) {
        List<String> labels = state.buttons();
        return IntStream.range(0, labels.size())
                .mapToObj(index -> new Page.Outcome(labels.get(index), QuestionTerms.tone(state.tones(), index)))
                .toList();
    }

    /** The question again, with what stands. */
    static Page change(
            DecisionState state, Given given, int outcome, @Nullable String comment, @Nullable Problem problem) {
        int other = outcome != given.outcome() ? outcome : given.outcome() == 0 ? 1 : 0;
        return confirm(state, other, comment, problem, asksAlways(state, other)).changing(stands(state, given));
    }

    static Page.Standing stands(DecisionState state, Given given) {
        return new Page.Standing(
                given.outcome(), String.valueOf(given.at().toEpochMilli()), PageContents.heldUntil(state));
    }

    /** Where an answer needs a fresh code, that is the only one: it is asked for once it has been mailed. */
    static @Nullable Code asksAlways(DecisionState state, int outcome) {
        return state.confirmation() == Confirmation.CODE && !state.needsProof(outcome) ? Code.MAILED : null;
    }
}
