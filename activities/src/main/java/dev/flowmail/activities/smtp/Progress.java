package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Delivery.Refused;
import dev.flowmail.workflows.receipt.MailHashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which recipients a mail is done with: the details of its heartbeats, so that another attempt leaves them alone.
 *
 * @param accepted addresses for which the server has accepted the mail
 * @param refused those that it rejected for good
 * @param deaths see {@link #died}; null, as in heartbeats of earlier versions, for none
 */
record Progress(
        List<String> accepted,
        List<Refused> refused,
        @Nullable Integer deaths) {
    static final Progress NONE = new Progress(List.of(), List.of(), null);

    /** How many attempts at composing the mail ran out of memory or stack, or took the process with them. */
    int died() {
        return deaths == null ? 0 : deaths;
    }

    Progress withDeaths(int count) {
        return new Progress(accepted, refused, count);
    }

    /** Adds what the server said, by address; who was neither accepted nor rejected for good stays open. */
    Progress with(Map<String, Reply> replies) {
        List<String> nowAccepted = new ArrayList<>(accepted);
        List<Refused> nowRefused = new ArrayList<>(refused);
        replies.forEach((address, reply) -> {
            if (reply.accepts()) {
                nowAccepted.add(address);
            } else if (ReplyKinds.isFinal(reply)) {
                nowRefused.add(new Refused(address, reply.code(), reply.text()));
            }
        });
        return new Progress(List.copyOf(nowAccepted), List.copyOf(nowRefused), deaths);
    }

    boolean isDoneWith(String address) {
        return accepted.contains(address)
                || refused.stream().anyMatch(refusal -> refusal.address().equals(address));
    }

    /** Why nobody got the mail; there must be a refusal. */
    Reply lastRefusal() {
        Refused last = refused.get(refused.size() - 1);
        return new Reply(Stage.RCPT, last.code(), last.reply());
    }

    Delivery delivery(@Nullable MailHashes hashes) {
        return new Delivery(refused, hashes);
    }
}
