package dev.flowmail.workflows.decision;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a request's values are written for Temporal's UI. A picture in what somebody wrote would be fetched by the operator's browser. */
final class Markdown {

    private static final int LONGEST = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss VV", Locale.ENGLISH);

    private final DecisionState state;

    Markdown(DecisionState state) {
        this.state = state;
    }

    /** In the request's zone. */
    String time(Instant instant) {
        return TIME.format(instant.atZone(TimeZones.of(state.timeZone())));
    }

    /** The label of a choice. */
    String choice(int index) {
        return literal(state.choices().get(index));
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
