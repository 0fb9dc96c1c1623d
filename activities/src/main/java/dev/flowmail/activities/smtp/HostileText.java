package dev.flowmail.activities.smtp;

/** Characters that could break out of a header or a command, or make a reader see another text than there is. */
final class HostileText {

    private HostileText() {}

    /** Whether the text has such a character. */
    static boolean isIn(String text) {
        return text.codePoints().anyMatch(HostileText::isHostile);
    }

    /** The text on one line, every run of such characters replaced by one space. */
    static String neutralise(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        boolean replacing = false;
        for (int codePoint : text.codePoints().toArray()) {
            boolean hostile = isHostile(codePoint);
            if (!hostile) {
                clean.appendCodePoint(codePoint);
            } else if (!replacing) {
                clean.append(' ');
            }
            replacing = hostile;
        }
        // what looks like an encoded word (RFC 2047) would be decoded by the reader's program, unseen by this check
        return clean.toString().replace("=?", "= ?").strip();
    }

    private static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> isBidirectionalOverride(codePoint) || isLineBreakInDisguise(codePoint);
        };
    }

    private static boolean isBidirectionalOverride(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    /** Their low bytes are CR and LF: software that cuts characters to bytes sends these. */
    private static boolean isLineBreakInDisguise(int codePoint) {
        return codePoint == 0x760D || codePoint == 0x760A;
    }
}
