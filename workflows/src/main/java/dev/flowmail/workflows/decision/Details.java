package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Question.Agreement;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Temporal's UI shows of a request, in Markdown: what is asked by whom, how it stands, who must agree, who answered what,
 * what is awaited, what Flow said. Times are in the request's zone. Whatever
 * a caller or a server wrote is shown as it is and never as markup: a picture in it would be fetched by the operator's browser.
 */
final class Details {
    private static final int LONGEST = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss VV", Locale.ENGLISH);

    private Details() {}

    /** @param nextReminder when one is due; null when none is */
    static String of(DecisionState state, @Nullable Instant nextReminder) {
        StringBuilder text = new StringBuilder(asked(state))
                .append("\n\n**")
                .append(standing(state))
                .append("**");
        if (!state.hasEnded()) {
            text.append(" until ").append(time(state, state.deadline()));
            if (nextReminder != null) {
                text.append(", next reminder ").append(time(state, nextReminder));
            }
        }
        if (state.held() != null) {
            text.append(", **held** until ")
                    .append(time(state, state.held().until()))
                    .append(": recipient ")
                    .append(state.held().giver() + 1)
                    .append(" may change their answer; the update `release` tells Flow now");
        }
        text.append(reason(state)).append(agreement(state)).append("\n\n");
        int place = 0;
        for (Person person : state.people()) {
            place++;
            text.append(place).append(". ").append(literal(person.mailbox().address()));
            text.append(": mail ")
                    .append(mail(person))
                    .append(answer(state, person))
                    .append('\n');
        }
        String flow = flow(state);
        return flow == null
                ? text.toString()
                : text.append("\nFlow: ").append(flow).append('\n').toString();
    }

    private static String asked(DecisionState state) {
        String subject = state.subject().isBlank() ? "Without subject" : literal(state.subject());
        return subject + ", asked by " + literal(state.from().label());
    }

    private static String agreement(DecisionState state) {
        Agreement agreement = state.agreement();
        if (agreement == null) {
            return "";
        }
        Integer veto = agreement.veto();
        return "\n\n" + agreement.needed() + " of " + agreement.asked()
                + (agreement.needed() == 1 ? " is enough" : " must agree")
                + (veto == null ? "" : "; one " + label(state.choices(), veto) + " ends it");
    }

    private static String reason(DecisionState state) {
        return state.reason() == null ? "" : ", because " + literal(state.reason());
    }

    private static String standing(DecisionState state) {
        long answers = state.people().stream()
                .filter(person -> person.answer() != null)
                .count();
        String counted = answers + " of " + state.people().size() + " answered";
        Instant endedAt = state.endedAt();
        if (endedAt == null) {
            return state.status().attribute() + ": " + counted;
        }
        Integer outcome = state.outcome();
        String ending = state.status().attribute() + " " + time(state, endedAt);
        return outcome == null ? ending : ending + ": " + label(state.choices(), outcome);
    }

    private static String mail(Person person) {
        return switch (person.mail()) {
            case SENDING -> "on its way";
            case SENT -> "sent";
            case FAILED -> "failed: " + literal(String.valueOf(person.mailError()));
        };
    }

    private static String answer(DecisionState state, Person person) {
        Given given = person.answer();
        if (given == null) {
            return state.hasEnded() ? "" : ", answer awaited" + code(state, person);
        }
        String answered = ", answered " + label(state.choices(), given.outcome()) + " " + time(state, given.at())
                + " by " + given.method();
        String seen = Evidence.of(given, instant -> time(state, instant));
        return answered + (seen == null ? "" : " (" + seen + ")") + comment(given);
    }

    private static String comment(Given given) {
        return given.comment() == null ? "" : ", comment: " + literal(given.comment());
    }

    private static String code(DecisionState state, Person person) {
        AwaitedCode code = person.code();
        return code == null
                ? ""
                : ", code for " + label(state.choices(), code.outcome()) + " asked for " + time(state, code.askedAt())
                        + (code.wrong() == 0 ? "" : ", wrong " + code.wrong() + " times");
    }

    private static @Nullable String flow(DecisionState state) {
        String error = state.callbackError() == null ? "" : literal(state.callbackError());
        return switch (state.callback()) {
            case NONE -> null;
            case PENDING -> error.isEmpty() ? "is being told" : "is being told; last error: " + error;
            case REACHED -> reached(state);
            case FAILED -> "**refused the answer**: " + error + ". Fix the cause, then send the update `retryCallback`";
        };
    }

    private static String reached(DecisionState state) {
        if (Boolean.TRUE.equals(state.flowHadBeenAnswered())) {
            return "**had already been answered** and has not gone by this answer";
        }
        return "WAIT".equals(state.flowSaid()) ? "has been told and said `WAIT`: it waits on" : "has been told";
    }

    private static String label(List<String> choices, int outcome) {
        return literal(choices.get(outcome));
    }

    private static String time(DecisionState state, Instant instant) {
        return TIME.format(instant.atZone(TimeZones.of(state.timeZone())));
    }

    /** A code span (CommonMark, 6.1): nothing in it is markup but the backtick that would end it. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("`");
        text.codePoints()
                .limit(LONGEST)
                .map(character -> Character.isISOControl(character) ? ' ' : character == '`' ? '\'' : character)
                .forEach(literal::appendCodePoint);
        return literal.append('`').toString();
    }
}
