package dev.flowmail.activities.smtp;

import dev.flowmail.activities.receipts.MailHasher;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.receipt.MailHashes;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a mail to all its recipients, in as few transactions as their server lets it: one more for those that need SMTPUTF8,
 * and more when there were too many recipients for one.
 */
final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    private final Composer composer;
    private final Sender sender;

    Courier(Composer composer, Sender sender) {
        this.composer = composer;
        this.sender = sender;
    }

    /**
     * Delivers to those whom no earlier attempt has reached.
     *
     * @throws ApplicationFailure when a recipient is left, or when nobody got the mail
     */
    Delivery deliver(Mail mail, Route route, Attempt attempt) {
        Envelope envelope = Envelope.of(mail);
        List<Reply> deferrals = new ArrayList<>();
        ComposedMail composed = null;
        for (boolean utf8 : new boolean[] {false, true}) {
            Map<String, InternetAddress> pending =
                    envelope.recipients(utf8, address -> !attempt.progress().isDoneWith(address));
            if (!pending.isEmpty()) {
                if (composed == null) {
                    sender.requireRoom(route, attempt);
                }
                composed = compose(mail, envelope, utf8, attempt);
                deferrals.addAll(send(route, composed, pending, attempt));
            }
        }
        Progress progress = attempt.progress();
        if (!deferrals.isEmpty()) {
            attempt.record();
            // codes only: the server's words may name people
            log.info(
                    "Mail {} is left for later by {}: {} {}",
                    mail.id(),
                    route.server(),
                    deferrals.get(0).code(),
                    deferrals.get(0).enhancedCode());
            throw Faults.deferred(route.server(), deferrals.get(0), attempt.number());
        }
        if (progress.accepted().isEmpty()) {
            throw Faults.refused(route.server(), progress.lastRefusal(), progress.delivery(null));
        }
        return progress.delivery(
                composed == null || mail.question() == null || mail.question().code() != null
                        ? null
                        : hashes(composed));
    }

    /** All that is done with a mail but to send it. */
    void rehearse(Mail mail, Attempt attempt) {
        ComposedMail composed = compose(mail, Envelope.of(mail), false, attempt);
        try {
            composed.message().writeTo(OutputStream.nullOutputStream());
        } catch (MessagingException | IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
        var ignored = hashes(composed);
    }

    /** What the one recipient of a question was shown; never of a code, which its hash would give away. The mail has gone: nothing here can undo that. */
    private static @Nullable MailHashes hashes(ComposedMail composed) {
        try {
            return MailHasher.of(composed.message());
        } catch (MessagingException | IOException unreadable) {
            log.warn(
                    "What was mailed could not be hashed: {}",
                    unreadable.getClass().getSimpleName());
            return null;
        }
    }

    /** Returns why recipients are left for another attempt. */
    private List<Reply> send(
            Route route, ComposedMail composed, Map<String, InternetAddress> pending, Attempt attempt) {
        List<Reply> deferrals = new ArrayList<>();
        Map<String, InternetAddress> left = pending;
        while (!left.isEmpty()) {
            if (!attempt.progress().accepted().isEmpty()) {
                // a worker that is killed in the next transaction must not repeat the last one
                attempt.record();
            }
            Map<String, Reply> replies = sender.send(route, composed, left, attempt);
            attempt.reached(attempt.progress().with(replies));
            boolean moves = replies.values().stream().anyMatch(Reply::accepts);
            Map<String, InternetAddress> tooMany = new LinkedHashMap<>();
            for (Map.Entry<String, InternetAddress> recipient : left.entrySet()) {
                Reply reply = replies.getOrDefault(recipient.getKey(), Reply.ACCEPTED);
                if (moves && ReplyKinds.isTooManyRecipients(reply)) {
                    tooMany.put(recipient.getKey(), recipient.getValue());
                } else if (!reply.accepts() && !ReplyKinds.isFinal(reply)) {
                    deferrals.add(reply);
                }
            }
            left = tooMany;
        }
        return deferrals;
    }

    private ComposedMail compose(Mail mail, Envelope envelope, boolean utf8, Attempt attempt) {
        try {
            return composer.compose(mail, envelope, utf8, attempt);
        } catch (MessagingException unwritable) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "The mail cannot be written as MIME; check names, subject and bodies", MailFailure.SMTP_REFUSED);
        }
    }
}
