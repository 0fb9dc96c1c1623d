package dev.flowmail.templates;

import org.jspecify.annotations.Nullable;

/**
 * What a caller's body says, for a page: words only, so that nothing in it can be loaded or act.
 *
 * @param words the beginning, lines end in {@code \n}; empty when there are none
 * @param isWhole whether that is all of it
 */
public record BodyWords(String words, boolean isWhole) {

    private static final int LONGEST = 16_000;

    /** More of it is not read: style sheets and pictures in addresses are longer than what they surround. */
    private static final int MOST_HTML = 256 * 1024;

    /** Of the text, else of the HTML, however broken that is. Takes no longer for a body of any length. */
    public static BodyWords of(@Nullable String text, @Nullable String html) {
        if (text != null && !text.isBlank()) {
            return cut(Beginning.of(text, 2 * LONGEST), text.length() <= 2 * LONGEST);
        }
        if (html == null) {
            return new BodyWords("", true);
        }
        String read = html.length() <= MOST_HTML ? html : withoutHalfATag(Beginning.of(html, MOST_HTML));
        String words = TextBody.isPlain(read) ? TextBody.unescaped(read) : PlainText.of(read);
        return cut(words, read.length() == html.length());
    }

    private static BodyWords cut(String text, boolean isWhole) {
        String words = TextBody.normalized(text).stripLeading();
        return new BodyWords(Beginning.of(words, LONGEST), isWhole && words.length() <= LONGEST);
    }

    private static String withoutHalfATag(String html) {
        int tag = html.lastIndexOf('<');
        return tag >= 0 && html.indexOf('>', tag) < 0 ? html.substring(0, tag) : html;
    }

    /** Says nothing: bodies stay out of logs. */
    @Override
    public String toString() {
        return "BodyWords[...]";
    }
}
