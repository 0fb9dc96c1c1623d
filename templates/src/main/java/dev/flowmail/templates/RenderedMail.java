package dev.flowmail.templates;

/**
 * Both alternatives of a mail's body; each is complete by itself.
 *
 * @param text plain text, lines end in {@code \n}
 * @param html a whole HTML document
 */
public record RenderedMail(String text, String html) {

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "RenderedMail[...]";
    }
}
