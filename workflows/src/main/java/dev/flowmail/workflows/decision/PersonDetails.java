package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import org.jspecify.annotations.Nullable;

/** What {@link Details} says of one recipient: how far their mail is, and what they answered or are to answer. */
final class PersonDetails {

    private final DecisionState state;
    private final Markdown markdown;

    PersonDetails(DecisionState state, Markdown markdown) {
        this.state = state;
        this.markdown = markdown;
    }

    String of(Person person) {
        Given given = person.answer();
        return Markdown.literal(person.mailbox().address()) + ": mail " + mail(person)
                + (given == null ? awaited(person.code()) : answered(given));
    }

    private static String mail(Person person) {
        return switch (person.mail()) {
            case SENDING -> "on its way";
            case SENT -> "sent";
            case FAILED -> "failed: " + Markdown.literal(String.valueOf(person.mailError()));
        };
    }

    private String awaited(@Nullable AwaitedCode code) {
        if (state.hasEnded()) {
            return "";
        }
        return code == null
                ? ", answer awaited"
                : ", answer awaited, code for " + markdown.choice(code.outcome()) + " asked for "
                        + markdown.time(code.askedAt())
                        + (code.wrong() == 0 ? "" : ", wrong " + code.wrong() + " times");
    }

    private String answered(Given given) {
        String seen = Evidence.of(given, markdown::time);
        return ", answered " + markdown.choice(given.outcome()) + " " + markdown.time(given.at()) + " by "
                + given.method()
                + (seen == null ? "" : " (" + seen + ")")
                + (given.comment() == null ? "" : ", comment: " + Markdown.literal(given.comment()));
    }
}
