package dev.flowmail.templates;

import java.util.ArrayList;
import java.util.List;

/** Finds where the parts of {@link PlainCss} end: what stands in strings and brackets does not count. */
final class CssCut {

    private CssCut() {}

    /** Where the first of these characters stands outside of strings and brackets; the length when there is none. */
    static int next(String css, int from, String marks) {
        StringBuilder open = new StringBuilder();
        for (int at = from; at < css.length(); at++) {
            char character = css.charAt(at);
            if (open.isEmpty() && marks.indexOf(character) >= 0) {
                return at;
            }
            switch (character) {
                case '"', '\'' -> at = endOfString(css, at);
                case '(' -> open.append(')');
                case '[' -> open.append(']');
                case '{' -> open.append('}');
                case ')', ']', '}' -> close(open, character);
                default -> {}
            }
        }
        return css.length();
    }

    private static int endOfString(String css, int start) {
        int end = css.indexOf(css.charAt(start), start + 1);
        return end < 0 ? css.length() : end;
    }

    private static void close(StringBuilder open, char character) {
        int last = open.length() - 1;
        if (last >= 0 && open.charAt(last) == character) {
            open.setLength(last);
        }
    }

    /** What stands between the separators, stripped. */
    static List<String> split(String css, char separator) {
        List<String> parts = new ArrayList<>();
        for (int at = 0; at <= css.length(); ) {
            int end = next(css, at, String.valueOf(separator));
            parts.add(css.substring(at, end).strip());
            at = end + 1;
        }
        return parts;
    }
}
