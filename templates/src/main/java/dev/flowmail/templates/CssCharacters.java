package dev.flowmail.templates;

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

    /** Behind the name that begins here; the same index when none does. */
    static int endOfName(String text, int from) {
        int end = from;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
