package dev.flowmail.templates;

/**
 * Characters of callers' strings that could end a line, a header or a command, or make a reader see another text than there
 * is (Unicode TR 36): controls, line and paragraph separators, halves of surrogate pairs, bidirectional embeddings, overrides
 * and isolates. The one list of them for subjects, names, file names, labels and addresses.
 */
public final class HostileText {

    private HostileText() {}

    /** Whether the text has such a character. */
    public static boolean isIn(String text) {
        return text.codePoints().anyMatch(HostileText::isHostile);
    }

    /** The text on one line, every run of such characters replaced by one space. */
    public static String neutralise(String text) {
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
        return clean.toString().strip();
    }

    /** Whether it is one of these characters. */
    public static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        };
    }
}
