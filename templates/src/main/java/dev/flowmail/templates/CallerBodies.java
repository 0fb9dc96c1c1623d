package dev.flowmail.templates;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes callers' bodies fit for mails that hold our links. Safe for several threads. */
public final class CallerBodies {

    private static final String PARAGRAPH = "<p dir=\"auto\" style=\"margin:0 0 14px;text-align:start\">";
    private static final int LONGEST_BEGINNING = 300;

    private final DecideLinks decideLinks;

    /** @param publicUrl the base of our own links, absolute; what a body has of links to its {@code /decide} is removed */
    public CallerBodies(URI publicUrl) {
        this.decideLinks = new DecideLinks(publicUrl);
    }

    /**
     * Makes one body. Works with HTML however broken: it keeps its look but for scripts, forms, comments and what else mail
     * programs do not show, or what could lie over other parts of a mail. HTML without markup is taken as text; where one
     * of both is missing the other gives it.
     */
    public CallerBody of(@Nullable String text, @Nullable String html) {
        String given = html == null ? "" : html;
        String words = text == null ? "" : words(text);
        if (!TextBody.isPlain(given)) {
            DataPictures pictures = new DataPictures(given);
            CallerHtml kept = CallerHtml.of(pictures.html(), decideLinks);
            return body(
                    false, kept.styles(), words.isEmpty() ? kept.text() : words, kept.content(), pictures.pictures());
        }
        String letter = words(TextBody.unescaped(given));
        return body(
                true,
                "",
                words.isEmpty() ? letter : words,
                TextBody.html(letter.isEmpty() ? words : letter, PARAGRAPH),
                List.of());
    }

    /** A caller's line that stands among our own words, without what leads to a decide page and without control characters. */
    public String line(String text) {
        return decideLinks.removedFrom(HostileText.neutralise(text));
    }

    /** As they are for a mail without our links: HTML passes unchanged but for pictures that nobody would see. */
    public static CallerBody plain(@Nullable String text, @Nullable String html) {
        if (html == null) {
            return new CallerBody(CallerBody.Outline.EMPTY, text == null ? "" : text, "", List.of());
        }
        if (TextBody.isPlain(html)) {
            String words = TextBody.normalized(TextBody.unescaped(html));
            return new CallerBody(
                    CallerBody.Outline.EMPTY, text == null ? words : text, TextBody.document(words), List.of());
        }
        DataPictures pictures = new DataPictures(html);
        return new CallerBody(
                CallerBody.Outline.EMPTY,
                text == null ? PlainText.of(pictures.html()) : text,
                pictures.html(),
                pictures.pictures());
    }

    private String words(String text) {
        return decideLinks.removedFrom(TextBody.normalized(text));
    }

    private static CallerBody body(
            boolean isLetter, String styles, String text, String html, List<InlinePicture> pictures) {
        long bytes = html.getBytes(StandardCharsets.UTF_8).length;
        String beginning = Words.visible(text.substring(0, Math.min(text.length(), 2 * LONGEST_BEGINNING)));
        return new CallerBody(
                new CallerBody.Outline(
                        isLetter, styles, bytes, !text.isEmpty(), Words.cut(beginning, LONGEST_BEGINNING)),
                text,
                html,
                pictures);
    }
}
