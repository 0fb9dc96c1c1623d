package dev.flowmail.templates;

import java.util.Locale;

/** Characters and names as CSS has them (CSS Syntax Module Level 3, section 4). */
final class CssCharacters {

    private CssCharacters() {}

    static char visible(char character) {
        return character < ' ' || character == 0x7f ? (Characters.isSpace(character) ? ' ' : '_') : character;
    }

    static boolean isName(char character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_' || character > 0x7f;
    }

    static boolean isNewline(char character) {
        return character == '\n' || character == '\r' || character == '\f';
    }

    static int digit(char character) {
        return character < 0x80 ? Character.digit(character, 16) : -1;
    }

    static boolean isQuote(char character) {
        return character == '"' || character == '\'';
    }

    /** Whether it is part of a word and has no meaning of its own. */
    static boolean isPlain(int codePoint) {
        return Character.isValidCodePoint(codePoint)
                && (Character.isLetterOrDigit(codePoint) || codePoint == '-' || codePoint > 0xA0)
                && Character.getType(codePoint) != Character.SURROGATE;
    }

    /** Whether the last word is {@code url}. */
    static boolean endsWithUrl(StringBuilder css) {
        int length = css.length();
        return length >= 3
                && css.substring(length - 3).toLowerCase(Locale.ROOT).equals("url")
                && (length == 3 || !isName(css.charAt(length - 4)));
    }

    /** Behind the name that begins here; the same index when none does. */
    static int endOfName(String text, int from) {
        int end = from;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
