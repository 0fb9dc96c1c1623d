package dev.flowmail.templates;

import java.util.stream.Collectors;

/** A text in the making, whose white space waits for the next visible character: as much of it as stands between two. */
final class SpacedText {
    private final StringBuilder text = new StringBuilder();
    private int pendingLines;
    private boolean pendingSpace;

    /** One line more; two breaks in a row are an empty line. */
    void breakLine() {
        pendingLines = Math.min(pendingLines + 1, 2);
    }

    /** So many lines at least. */
    void breakLines(int lines) {
        pendingLines = Math.max(pendingLines, lines);
    }

    void space() {
        pendingSpace = true;
    }

    void write(char character) {
        if (text.length() > 0) {
            text.append("\n".repeat(pendingLines));
            if (pendingSpace && pendingLines == 0) {
                text.append(' ');
            }
        }
        pendingLines = 0;
        pendingSpace = false;
        text.append(character == '\u00a0' ? ' ' : character);
    }

    /** Without spaces at the ends of lines. */
    String written() {
        return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }
}
