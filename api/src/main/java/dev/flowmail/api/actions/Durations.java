package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them in a flow. */
final class Durations {
    /** Flow waits for 120 days, and a last day is for the callback. */
    static final Duration LONGEST = Duration.ofDays(119);

    private static final Pattern WORDS = Pattern.compile("(\\d{1,9})\\s*(second|minute|hour|day|week)s?");
    private static final Pattern ISO_WEEKS = Pattern.compile("p(\\d{1,9})w");

    private Durations() {}

    /**
     * A duration in whole seconds, 1 s to 119 days.
     *
     * @param input the input's name
     * @param given ISO 8601 without years and months, e.g. {@code PT48H}, {@code P3D}; or {@code 90 minutes},
     *     {@code 48 hours}, {@code 3 days}, {@code 2 weeks}
     * @throws ProblemException 400
     */
    static Duration parse(String input, String given) {
        Duration duration;
        try {
            duration = read(given.strip().toLowerCase(Locale.ROOT));
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw ProblemException.badInput(input
                    + " is not a duration: enter one such as PT48H, P3D, 90 minutes, 48 hours, 3 days or 2 weeks.");
        }
        if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))
                || duration.compareTo(Duration.ofSeconds(1)) < 0
                || duration.compareTo(LONGEST) > 0) {
            throw ProblemException.badInput(input + " must be whole seconds, at least 1 second and at most 119 days.");
        }
        return duration;
    }

    private static Duration read(String text) {
        Matcher words = WORDS.matcher(text);
        if (words.matches()) {
            ChronoUnit unit = ChronoUnit.valueOf(words.group(2).toUpperCase(Locale.ROOT) + "S");
            return unit.getDuration().multipliedBy(Long.parseLong(words.group(1)));
        }
        Matcher weeks = ISO_WEEKS.matcher(text);
        return weeks.matches() ? Duration.ofDays(7 * Long.parseLong(weeks.group(1))) : Duration.parse(text);
    }
}
