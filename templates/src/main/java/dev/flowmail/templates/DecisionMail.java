package dev.flowmail.templates;

import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision mail says to one recipient. All strings but the addresses of the links may be anything.
 *
 * @param language BCP 47 tag, see {@link Languages#tag}
 * @param from who asks: a name, else an address
 * @param subject may be empty
 * @param body what is known of the caller's body
 * @param links one per outcome, in the order in which people see them; at least one
 * @param deadline when the request ends by itself, in the zone in which the mail says so
 * @param reminder how often the recipient was reminded, this mail included; 0 for the first mail
 * @param agreement who must agree; null where one person is asked
 * @param code what the page may ask for: letters and digits
 * @param checkAddress absolute http(s) address of the link for scanners, which decides nothing
 */
public record DecisionMail(
        String language,
        String from,
        String subject,
        CallerBody.Outline body,
        List<Link> links,
        ZonedDateTime deadline,
        int reminder,
        @Nullable Agreement agreement,
        String code,
        String checkAddress) {

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
     * @param tone the colour of its button
     */
    public record Link(String label, String address, Tone tone) {

        /** In the brand's colour. */
        public Link(String label, String address) {
            this(label, address, Tone.PLAIN);
        }

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

    /** A reminder repeats the beginning only: what stands in a mail again is folded away by mail programs. */
    boolean repeatsBody() {
        return reminder == 0;
    }
}
