package dev.flowmail.activities.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A code as it comes back: mail readers, gateways and people put marks behind a link, and escape what is in it. */
final class OpenedCode {

    /** A code of which each character is escaped several times, and a line of marks behind it. */
    private static final int LONGEST_OPENED = 2_000;

    /** What no code ends in, and mail readers, gateways and people put behind a link: spaces and marks of any script. */
    private static final Pattern ADDED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\x00\\uFFFD%_-]+\\z");

    /** Spaces and marks, those of a code and those added; some gateways encode what is encoded. */
    private static final Pattern ESCAPED_MARK =
            Pattern.compile("(?i)(?:%(?:25)*(?:0[9ad]|2[0-9a-f]|3[a-f]|5[b-f]|60|7[b-e]|[89a-f][0-9a-f]))+");

    private static final Pattern ESCAPED_ESCAPE = Pattern.compile("%(?:25)+");

    private OpenedCode() {}

    /** The code alone, where there is one in it. */
    static String withoutAdditions(String opened) {
        if (opened.length() > LONGEST_OPENED) {
            return opened;
        }
        String unescaped = ESCAPED_MARK
                .matcher(opened)
                .replaceAll(escapes -> Matcher.quoteReplacement(URLDecoder.decode(
                        ESCAPED_ESCAPE.matcher(escapes.group()).replaceAll("%"), UTF_8)));
        return ADDED.matcher(unescaped).replaceFirst("");
    }
}
