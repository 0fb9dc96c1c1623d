package dev.flowmail.workflows.mail;

import org.jspecify.annotations.Nullable;

/**
 * A body: the text itself, or, when it is too large for a workflow's history, a reference to it. Exactly one is set.
 *
 * @param text the body itself
 * @param stored the file's name in the request's folder of the attachment store; UTF-8
 */
public record Content(@Nullable String text, @Nullable String stored) {

    /** A body that travels in the history. */
    public static Content inline(String text) {
        return new Content(text, null);
    }

    /** A body that lies in the request's folder of the attachment store. */
    public static Content stored(String file) {
        return new Content(null, file);
    }

    /** Says nothing: bodies stay out of logs. */
    @Override
    public String toString() {
        return "Content[...]";
    }
}
