package dev.flowmail.activities.smtp;

import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Hands one mail to its server and tells what the server said about each recipient. */
final class Sender {
    private static final Set<String> NO_ANSWER = Set.of(MailFailure.SMTP_UNAVAILABLE, MailFailure.SMTP_UNCONFIRMED);

    private final ConnectionPool pool;
    private final Opening opening;

    Sender(ConnectionPool pool, AccessTokens tokens) {
        this.pool = pool;
        this.opening = new Opening(tokens);
    }

    /**
     * One SMTP transaction.
     *
     * @param pending the recipients to send to, a part of the mail's
     * @return the server's final word on each of them
     * @throws ApplicationFailure when there is no such word: nobody is known to have got the mail
     */
    Map<String, Reply> send(Route route, ComposedMail mail, Map<String, InternetAddress> pending, Attempt attempt) {
        SmtpServer server = route.server();
        try (Lease lease = pool.borrow(route, attempt)) {
            boolean answered = false;
            try {
                Map<String, Reply> replies = send(server, lease, new Transaction(server, mail, pending), attempt);
                answered = true;
                lease.answers(true);
                return replies;
            } catch (ApplicationFailure known) {
                throw judged(server, attempt, lease, known);
            } catch (MessagingException | IOException failure) {
                throw judged(server, attempt, lease, Faults.lost(server, failure));
            } finally {
                if (!answered) {
                    lease.drop();
                }
            }
        }
    }

    private Map<String, Reply> send(SmtpServer server, Lease lease, Transaction transaction, Attempt attempt)
            throws MessagingException, IOException {
        SmtpConnection reused = lease.reuse(attempt);
        if (reused != null) {
            try {
                Map<String, Reply> replies = transaction.on(reused);
                // some servers let a session have so many mails and then refuse each; what one says on a fresh
                // connection counts
                if (reused.stage() != Stage.MAIL) {
                    return replies;
                }
            } catch (MessagingException lost) {
                if (reused.isSenderAccepted() || attempt.isCancelled()) {
                    throw lost;
                }
                // it was dead before this mail began: nobody needs to know
            }
        }
        return transaction.on(opening.opened(server, lease, attempt));
    }

    /**
     * Asks before a mail is composed.
     *
     * @throws ApplicationFailure when the server has mails enough for now
     */
    void requireRoom(Route route, Attempt attempt) {
        pool.requireRoom(route, attempt);
    }

    /** Connects, secures and signs in; the connection is kept for the next mail. */
    void open(Route route, Attempt attempt) {
        SmtpServer server = route.server();
        try (Lease lease = pool.borrow(route, attempt)) {
            try {
                opening.opened(server, lease, attempt);
            } catch (ApplicationFailure failure) {
                lease.drop();
                throw judged(server, attempt, lease, failure);
            }
        }
    }

    /** What cut the connection counts, not how that looked from here. */
    private static ApplicationFailure judged(
            SmtpServer server, Attempt attempt, Lease lease, ApplicationFailure failure) {
        attempt.throwIfCancelled();
        lease.answers(!NO_ANSWER.contains(failure.getType()));
        if (lease.isUnconfirmed() && !failure.isNonRetryable()) {
            return Faults.unconfirmed(server);
        }
        return attempt.isTimeUp() && !failure.isNonRetryable() ? Faults.late(server) : failure;
    }
}
