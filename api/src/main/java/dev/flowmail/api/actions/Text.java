package dev.flowmail.api.actions;

import java.util.Optional;
import java.util.regex.Pattern;

/** Makes of a caller's string one line that can be shown: for subjects, names and labels. */
final class Text {
    // controls and line ends, and what reorders the text around it (Unicode TR 36): embeddings, overrides, isolates
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

    private Text() {}

    /** The line; empty when nothing is left of it. */
    static Optional<String> line(String text) {
        return Optional.of(HARMFUL.matcher(text).replaceAll(" ").strip()).filter(line -> !line.isEmpty());
    }

    /** The beginning of a text, without half a character at its end. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
