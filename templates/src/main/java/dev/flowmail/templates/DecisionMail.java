package dev.flowmail.templates;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision mail says to one recipient. All strings but the addresses of the links may be anything.
 *
 * @param language BCP 47 tag, see {@link Languages#tag}
 * @param from who asks: a name, else an address
 * @param subject may be empty
 * @param text the caller's plain text; null when the request has none
 * @param html the caller's HTML; null when the request has none
 * @param links one per outcome, in the order in which people see them; at least one
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

    public DecisionMail {
        if (links.isEmpty()) {
            throw new IllegalArgumentException("A decision mail needs at least one link.");
        }
        links = List.copyOf(links);
    }

    /**
     * The way to one outcome.
     *
     * @param label what people read
     * @param address absolute http(s) address of the page that asks for confirmation
     */
    public record Link(String label, String address) {

        /** Says nothing: addresses hold codes. */
        @Override
        public String toString() {
            return "Link[...]";
        }
    }

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "DecisionMail[...]";
    }
}
