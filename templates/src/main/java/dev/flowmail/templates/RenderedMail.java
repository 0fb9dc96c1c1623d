package dev.flowmail.templates;

import org.jspecify.annotations.Nullable;

/**
 * Both alternatives of a mail's body, without the caller's part. Each is complete by itself once that stands in its place.
 *
 * @param text plain text, lines end in {@code \n}
 * @param textAt where the caller's text belongs in it; -1 for nowhere
 * @param html a whole HTML document
 * @param htmlAt where the caller's HTML belongs in it; -1 for nowhere
 * @param logo the picture that the HTML refers to by {@code cid:} and {@link Logo#contentId}; null for none
 */
public record RenderedMail(
        String text,
        int textAt,
        String html,
        int htmlAt,
        @Nullable Logo logo) {

    /** Without a caller's part and without a picture. */
    public RenderedMail(String text, String html) {
        this(text, -1, html, -1, null);
    }

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "RenderedMail[...]";
    }
}
