package dev.flowmail.workflows.decision;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as flow builders and operators write them: ISO-8601 ({@code PT48H}, {@code P3D}, {@code P2W}) or a number with
 * a unit ({@code 90 minutes}, {@code 48 hours}, {@code 3 days}, {@code 2 weeks}).
 */
public final class Durations {

    /** What {@link #parse} takes, for error sentences. */
    public static final String FORMS = "a duration such as PT48H, P3D, 90 minutes, 48 hours, 3 days or 2 weeks";

    private static final Pattern WORDS =
            Pattern.compile("(\\d{1,9})\\s*(second|minute|hour|day|week)s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern ISO_WEEKS = Pattern.compile("P(\\d{1,9})W", Pattern.CASE_INSENSITIVE);

    private Durations() {}

    /** The duration; empty unless the text is of one of the forms, a whole number of seconds and at least one. */
    public static Optional<Duration> parse(String text) {
        String stripped = text.strip();
        return stripped.length() > 40
                ? Optional.empty()
                : read(stripped).filter(duration -> duration.getNano() == 0 && duration.getSeconds() >= 1);
    }

    private static Optional<Duration> read(String text) {
        Matcher words = WORDS.matcher(text);
        if (words.matches()) {
            return Optional.of(unit(words.group(2)).multipliedBy(Long.parseLong(words.group(1))));
        }
        Matcher weeks = ISO_WEEKS.matcher(text);
        if (weeks.matches()) {
            return Optional.of(Duration.ofDays(7).multipliedBy(Long.parseLong(weeks.group(1))));
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException notIso) {
            return Optional.empty();
        }
    }

    private static Duration unit(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "second" -> Duration.ofSeconds(1);
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            case "day" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
