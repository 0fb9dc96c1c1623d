package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.recipient.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What became of a request.
 *
 * @param accepted when Flowmail had accepted it
 * @param told what Flow heard, in order
 * @param mails when each mail that was accepted began, and for whom
 * @param clicks what people were answered
 * @param withdrawn how often an operator's withdrawal was done
 * @param maybeWithdrawn whether a cancellation, or a withdrawal of unknown fate, was asked for
 * @param released whether an operator has had Flow told of what was held, or may have
 * @param gaveAway addresses of people whose part was given to others, or may have been
 * @param mailRefused addresses to which no mail can come
 * @param killed moments at which Flowmail was killed
 * @param reset moments at which the run was reset
 * @param runStatus how Temporal says the run ended
 * @param attribute {@code FlowmailStatus}
 * @param history all values that it had
 * @param details what Temporal's UI shows
 * @param state what the query answers
 * @param pages what people see when all is over, by address
 */
record Facts(
        Schedule schedule,
        Instant accepted,
        List<Told> told,
        List<Sent> mails,
        List<Click> clicks,
        int withdrawn,
        boolean maybeWithdrawn,
        boolean released,
        List<String> gaveAway,
        List<String> mailRefused,
        List<Instant> killed,
        List<Instant> reset,
        String runStatus,
        String attribute,
        List<String> history,
        String details,
        JsonNode state,
        Map<String, Page> pages) {

    /** A mail. */
    record Sent(Instant begun, String address) {}
}
