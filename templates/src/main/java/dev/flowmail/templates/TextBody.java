package dev.flowmail.templates;

import java.util.Locale;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/** A caller's plain text, also where it comes in a field for HTML. Looks at each character a fixed number of times. */
public final class TextBody {

    private static final int LONGEST_NAME = 12;

    /** Beyond so many, they are told apart by breaks: marks would be most of the mail. */
    private static final int MOST_PARAGRAPHS = 2_000;

    private static final String READABLE =
            "<div style=\"max-width:640px;padding:8px;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,"
                    + "sans-serif;font-size:16px;line-height:24px;white-space:pre-wrap;overflow-wrap:anywhere\">";

    private TextBody() {}

    /**
     * Whether a body that came as HTML is plain text: it holds no element, comment or declaration of HTML. What only looks
     * like one ({@code 3 < 4}, {@code <anna@example.com>}) makes no HTML.
     */
    public static boolean isPlain(String html) {
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            if (isMarkup(html, at + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMarkup(String html, int from) {
        if (html.startsWith("!--", from) || html.regionMatches(true, from, "!doctype", 0, "!doctype".length())) {
            return true;
        }
        int start = html.startsWith("/", from) ? from + 1 : from;
        int end = start;
        while (end < html.length() && end - start < LONGEST_NAME && isInName(html.charAt(end))) {
            end++;
        }
        boolean isEnded =
                end < html.length() && ("/>".indexOf(html.charAt(end)) >= 0 || Characters.isSpace(html.charAt(end)));
        return isEnded && Tag.isKnownTag(html.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isInName(char character) {
        return character < 0x80 && Character.isLetterOrDigit(character);
    }

    /** The text of a body that came as HTML without being it: its character references are read. */
    public static String unescaped(String html) {
        return html.indexOf('&') < 0 ? html : Parser.unescapeEntities(html, true);
    }

    /** With {@code \n} for every line end, without other control characters than tabs, and without empty lines at its end. */
    public static String normalized(String text) {
        StringBuilder lines = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                continue;
            }
            if (character == '\t' || !isControl(character)) {
                lines.append(character);
            } else if (isLineEnd(character)) {
                lines.append('\n');
            }
        }
        int end = lines.length();
        while (end > 0 && Character.isWhitespace(lines.charAt(end - 1))) {
            end--;
        }
        return lines.substring(0, end);
    }

    private static boolean isControl(char character) {
        return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
    }

    private static boolean isLineEnd(char character) {
        return (character >= '\n' && character <= '\r')
                || character == '\u0085'
                || character == '\u2028'
                || character == '\u2029';
    }

    /** A normalized text as a mail's HTML, in a style that is good to read. */
    public static String document(String text) {
        return READABLE + html(text, "<p dir=\"auto\" style=\"margin:0 0 16px;text-align:start\">") + "</div>";
    }

    /**
     * A normalized text as HTML: paragraphs where it has empty lines, breaks where it has line ends.
     *
     * @param paragraph the start tag of each
     */
    static String html(String text, String paragraph) {
        StringBuilder html = new StringBuilder(text.length() + text.length() / 8);
        int paragraphs = 0;
        boolean isOpen = false;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end);
            if (line.isBlank() && paragraphs < MOST_PARAGRAPHS) {
                html.append(isOpen ? "</p>" : "");
                isOpen = false;
            } else {
                html.append(isOpen ? "<br>" : paragraph).append(Entities.escape(line));
                paragraphs += isOpen ? 0 : 1;
                isOpen = true;
            }
            at = end + 1;
        }
        return html.append(isOpen ? "</p>" : "").toString();
    }
}
