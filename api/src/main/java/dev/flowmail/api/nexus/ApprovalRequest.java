package dev.flowmail.api.nexus;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question. Each field means what the input of the same name of "Send Email with Decision Request" does, and is checked as
 * that one is; what is null is as when that input is empty.
 *
 * @param to who is asked, an address each, with a name or without
 * @param from who asks, an address
 * @param outcomes in the order in which people see them
 * @param hiddenOutcomes names of those that the mail does not offer
 * @param timeout e.g. {@code PT48H} or {@code 3 days}
 * @param answersNeeded a number or {@code all}
 * @param proof names of the outcomes that need a fresh code, or {@code all}
 * @param culture a language tag such as {@code de-DE}
 * @param tenant whose request it is, for operators to search by; the caller's namespace when null
 * @param key what repeats of one request have in common: of equal key and content only the first is mailed. Each operation is a
 *     request of its own when null
 * @param unknown what else stood there: refused, since it may be a misspelt name
 */
public record ApprovalRequest(
        @Nullable List<String> to,
        @Nullable String from,
        @Nullable String replyTo,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable List<Outcome> outcomes,
        @Nullable List<String> hiddenOutcomes,
        @Nullable String timeout,
        @Nullable String timeoutOutcome,
        @Nullable String remindEvery,
        @Nullable String answersNeeded,
        @Nullable String vetoOutcome,
        @Nullable String comments,
        @Nullable String confirmation,
        @Nullable List<String> proof,
        @Nullable String hold,
        @Nullable String requester,
        @Nullable String timeZone,
        @Nullable String culture,
        @Nullable String tenant,
        @Nullable String key,
        @JsonAnySetter @Nullable Map<String, @Nullable Object> unknown) {

    /**
     * One outcome.
     *
     * @param name what the result calls it
     * @param label what people read; the name when null
     * @param type gives its button a colour, e.g. {@code btn-danger} or {@code reject}
     */
    public record Outcome(
            @Nullable String name,
            @Nullable String label,
            @Nullable String type) {}

    /** Says nothing: requests stay out of logs. */
    @Override
    public String toString() {
        return "ApprovalRequest[...]";
    }
}
