package dev.flowmail.templates;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision mail says.
 *
 * @param language BCP 47 tag
 * @param from what a person calls the sender
 * @param subject may be empty
 * @param text the caller's plain text; null when there is none
 * @param html the caller's HTML; null when there is none
 * @param links the outcomes, in order
 * @param deadline when the request ends by itself
 * @param reminder whether the recipient was asked before
 */
public record DecisionMail(
        String language,
        String from,
        String subject,
        @Nullable String text,
        @Nullable String html,
        List<Link> links,
        Instant deadline,
        boolean reminder) {

    /** An outcome and the address of the page that decides for it. */
    public record Link(String label, String address) {}
}
