package dev.flowmail.templates;

import org.jspecify.annotations.Nullable;

/**
 * Both alternatives of a mail's body; each is complete by itself.
 *
 * @param text plain text, lines end in {@code \n}
 * @param html a whole HTML document
 * @param logo the picture that the HTML refers to by {@code cid:} and {@link Logo#contentId}; null for none
 */
public record RenderedMail(
        String text, String html, @Nullable Logo logo) {

    /** Without a picture. */
    public RenderedMail(String text, String html) {
        this(text, html, null);
    }

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "RenderedMail[...]";
    }
}
