package dev.flowmail.templates;

import java.util.List;

/**
 * A caller's body made fit for mails: the same for all recipients of a request, so that it is made once.
 *
 * @param outline what must be known of it to write around it
 * @param text the text part, lines end in {@code \n}; empty when there is none
 * @param html what stands in the HTML part, balanced; empty when there is none
 * @param pictures what the HTML refers to
 */
public record CallerBody(Outline outline, String text, String html, List<InlinePicture> pictures) {

    /**
     * What must be known of a body to write around it.
     *
     * @param isLetter whether the body is plain text, which stands in our own style
     * @param styles rules for the style sheet, each within the caller's part
     * @param htmlBytes how long the HTML is in UTF-8
     * @param hasText whether there is a text part
     * @param beginning the first words on one line, for those who see no more of a mail
     */
    public record Outline(boolean isLetter, String styles, long htmlBytes, boolean hasText, String beginning) {

        /** Of a request without a body. */
        public static final Outline EMPTY = new Outline(true, "", 0, false, "");

        /** Says nothing: bodies stay out of logs. */
        @Override
        public String toString() {
            return "Outline[...]";
        }
    }

    /** Says nothing: bodies stay out of logs. */
    @Override
    public String toString() {
        return "CallerBody[...]";
    }
}
