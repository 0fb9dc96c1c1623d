package dev.flowmail.templates;

import java.text.Bidi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Entities;
import org.springframework.context.MessageSource;

/** The texts of one language, with callers' strings set into them so that these can do no harm. Safe for several threads. */
public final class Words {

    private static final Pattern SPACES = Pattern.compile(" {2,}");
    private static final Pattern UNUSUAL_SPACES = Pattern.compile("[\\u00A0\\u202F]");
    /** Private characters that stand for the ends of {@code bdi} until the text between them is escaped. */
    private static final String VALUE_START = "\uE000";

    private static final String VALUE_END = "\uE001";
    private static final Pattern BDI_MARKS = Pattern.compile("[\\uE000\\uE001]");
    private static final String FIRST_STRONG_ISOLATE = "\u2068";
    private static final String POP_DIRECTIONAL_ISOLATE = "\u2069";

    private static final long KILOBYTE = 1000;
    private static final long MEGABYTE = 1000 * KILOBYTE;

    private final MessageSource messages;
    private final Locale locale;
    private final Amounts amounts;

    Words(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
        this.amounts = new Amounts(locale);
    }

    /** A message as plain text; strings that run against the language's direction are isolated. */
    public String text(String key, Object... values) {
        return message(key, this::isolate, values);
    }

    /** A message as HTML, escaped; each value stands in a {@code bdi} of its own. */
    public String html(String key, Object... values) {
        String text =
                message(key, value -> VALUE_START + BDI_MARKS.matcher(value).replaceAll("") + VALUE_END, values);
        return Entities.escape(text).replace(VALUE_START, "<bdi>").replace(VALUE_END, "</bdi>");
    }

    /** A caller's string as a single line of visible characters. */
    public String line(String value) {
        return visible(value);
    }

    /** A caller's string as visible characters, its line ends kept. */
    String lines(String value) {
        return TextBody.normalized(value).lines().map(Words::visible).collect(Collectors.joining("\n"));
    }

    /** The beginning of a line, at the end of a word where that is near, with an ellipsis where something is missing. */
    static String cut(String line, int most) {
        if (line.length() <= most) {
            return line;
        }
        int space = line.lastIndexOf(' ', most);
        int end = space > most / 2 ? space : most;
        return Beginning.of(line, end) + "…";
    }

    static String visible(String value) {
        return SPACES.matcher(HostileText.neutralise(value)).replaceAll(" ");
    }

    /** A caller's string as a single line of plain text, isolated where it runs against the language's direction. */
    public String isolated(String value) {
        return isolate(line(value));
    }

    /** Day and time of day with the zone's name: a mail cannot know where it is read. */
    public String date(ZonedDateTime moment) {
        String day = format(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL), moment);
        String time = format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT), moment);
        return messages.getMessage(
                "date", new Object[] {day, time, moment.getZone().getId()}, locale);
    }

    /** The same with how far away it is, e.g. "in 3 days". */
    public String date(ZonedDateTime moment, Instant now) {
        return messages.getMessage(
                "date.away", new Object[] {date(moment), amounts.away(Duration.between(now, moment))}, locale);
    }

    /** Whole minutes, or seconds where it is shorter. */
    public String duration(Duration duration) {
        return amounts.duration(duration);
    }

    public String number(int number) {
        return amounts.number(number);
    }

    /** A file's size, rounded up. */
    public String size(long bytes) {
        if (bytes < MEGABYTE) {
            return text("size.kb", number((int) Math.max(1, (bytes + KILOBYTE - 1) / KILOBYTE)));
        }
        return text("size.mb", amounts.number((double) bytes / MEGABYTE));
    }

    /** The value of HTML's {@code lang}: the texts differ by language only, not by region. */
    public String language() {
        return locale.getLanguage();
    }

    /** The value of HTML's {@code dir}. */
    public String direction() {
        return Languages.direction(locale);
    }

    /** Where lines start, for mail programs that do not know {@code start}. */
    public String start() {
        return direction().equals("rtl") ? "right" : "left";
    }

    private String message(String key, UnaryOperator<String> guard, Object... values) {
        Object[] guarded = Stream.of(values)
                .map(value -> guard.apply(line(String.valueOf(value))))
                .toArray();
        return messages.getMessage(key, guarded, locale);
    }

    private String isolate(String value) {
        boolean sameDirection = direction().equals("ltr") && !Bidi.requiresBidi(value.toCharArray(), 0, value.length());
        return sameDirection ? value : FIRST_STRONG_ISOLATE + value + POP_DIRECTIONAL_ISOLATE;
    }

    private String format(DateTimeFormatter formatter, ZonedDateTime moment) {
        // JDKs differ in the spaces they put before "PM"
        String formatted = formatter.withLocale(locale).format(moment);
        return UNUSUAL_SPACES.matcher(formatted).replaceAll(" ");
    }
}
