package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.Held;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Question.Agreement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Temporal's UI shows of a request, in Markdown: what is asked by whom, how it stands, who must agree, who answered what,
 * what is awaited, what Flow said. Times are in the request's zone. Whatever a caller or a server wrote is shown as it is and
 * never as markup ({@link Markdown}).
 */
final class Details {

    private final DecisionState state;
    private final String asker;
    private final Markdown markdown;

    private Details(DecisionState state, String asker) {
        this.state = state;
        this.asker = asker;
        this.markdown = new Markdown(state);
    }

    /**
     * @param nextReminder when one is due; null when none is
     * @param asker who is told how the request ends
     */
    static String of(DecisionState state, @Nullable Instant nextReminder, String asker) {
        return new Details(state, asker).text(nextReminder);
    }

    private String text(@Nullable Instant nextReminder) {
        StringBuilder text = new StringBuilder(asked())
                .append("\n\n**")
                .append(standing())
                .append("**")
                .append(awaited(nextReminder))
                .append(held())
                .append(reason())
                .append(agreement())
                .append("\n\n");
        PersonDetails people = new PersonDetails(state, markdown);
        int number = 0;
        for (Person person : state.people()) {
            number++;
            text.append(number).append(". ").append(people.of(person)).append('\n');
        }
        return text.append(flow()).toString();
    }

    private String asked() {
        String subject = state.subject().isBlank() ? "Without subject" : Markdown.literal(state.subject());
        return subject + ", asked by " + Markdown.literal(state.from().label());
    }

    private String standing() {
        long answers = state.people().stream()
                .filter(person -> person.answer() != null)
                .count();
        Instant endedAt = state.endedAt();
        if (endedAt == null) {
            return state.status().attribute() + ": " + answers + " of "
                    + state.people().size() + " answered";
        }
        Integer outcome = state.outcome();
        String ending = state.status().attribute() + " " + markdown.time(endedAt);
        return outcome == null ? ending : ending + ": " + markdown.choice(outcome);
    }

    private String awaited(@Nullable Instant nextReminder) {
        if (state.hasEnded()) {
            return "";
        }
        return " until " + markdown.time(state.deadline())
                + (nextReminder == null ? "" : ", next reminder " + markdown.time(nextReminder));
    }

    private String held() {
        Held held = state.held();
        return held == null
                ? ""
                : ", **held** until " + markdown.time(held.until()) + ": recipient " + (held.giver() + 1)
                        + " may change their answer; the update `release` tells " + asker + " now";
    }

    private String reason() {
        return state.reason() == null ? "" : ", because " + Markdown.literal(state.reason());
    }

    private String agreement() {
        Agreement agreement = state.agreement();
        if (agreement == null) {
            return "";
        }
        Integer veto = agreement.veto();
        return "\n\n" + agreement.needed() + " of " + agreement.asked()
                + (agreement.needed() == 1 ? " is enough" : " must agree")
                + (veto == null ? "" : "; one " + markdown.choice(veto) + " ends it");
    }

    private String flow() {
        String error = state.callbackError() == null ? "" : Markdown.literal(state.callbackError());
        return switch (state.callback()) {
            case NONE -> "";
            case PENDING -> line(error.isEmpty() ? "is being told" : "is being told; last error: " + error);
            case REACHED -> line(reached());
            case FAILED ->
                line("**refused the answer**: " + error + ". Fix the cause, then send the update `retryCallback`");
        };
    }

    private String line(String flow) {
        return "\n" + asker + ": " + flow + "\n";
    }

    private String reached() {
        if (Boolean.TRUE.equals(state.flowHadBeenAnswered())) {
            return "**had already been answered** and has not gone by this answer";
        }
        return "WAIT".equals(state.flowSaid()) ? "has been told and said `WAIT`: it waits on" : "has been told";
    }
}
