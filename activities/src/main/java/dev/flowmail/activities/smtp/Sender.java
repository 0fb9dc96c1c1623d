package dev.flowmail.activities.smtp;

import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.activities.smtp.ConnectionPool.Lease;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Hands one mail to its server and tells what the server said about each recipient. */
final class Sender {
    private static final Duration LONGEST_WAIT_FOR_TOKEN = Duration.ofSeconds(30);
    private static final Set<String> NO_ANSWER = Set.of(MailFailure.SMTP_UNAVAILABLE, MailFailure.SMTP_UNCONFIRMED);

    private final ConnectionPool pool;
    private final AccessTokens tokens;

    Sender(ConnectionPool pool, AccessTokens tokens) {
        this.pool = pool;
        this.tokens = tokens;
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
                Map<String, Reply> replies = send(server, lease, mail, pending, attempt);
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
                opened(server, lease, attempt);
            } catch (ApplicationFailure failure) {
                lease.drop();
                throw judged(server, attempt, lease, failure);
            }
        }
    }

    /** What cut the connection counts, not how that looked from here. */
    private static ApplicationFailure judged(
            SmtpServer server, Attempt attempt, Lease lease, ApplicationFailure failure) {
        attempt.throwIfCalledOff();
        lease.answers(!NO_ANSWER.contains(failure.getType()));
        if (lease.isUnconfirmed() && !failure.isNonRetryable()) {
            return Faults.unconfirmed(server);
        }
        return attempt.isTimeUp() && !failure.isNonRetryable() ? Faults.late(server) : failure;
    }

    private Map<String, Reply> send(
            SmtpServer server, Lease lease, ComposedMail mail, Map<String, InternetAddress> pending, Attempt attempt)
            throws MessagingException, IOException {
        SmtpConnection reused = lease.reuse(attempt);
        if (reused != null) {
            try {
                Map<String, Reply> replies = transact(server, reused, mail, pending);
                // some servers let a session have so many mails and then refuse each; what one says on a fresh
                // connection
                // counts
                if (reused.stage() != Stage.MAIL) {
                    return replies;
                }
            } catch (MessagingException lost) {
                if (reused.isSenderTaken() || attempt.isCalledOff()) {
                    throw lost;
                }
                // it was dead before this mail began: nobody needs to know
            }
        }
        return transact(server, opened(server, lease, attempt), mail, pending);
    }

    private SmtpConnection opened(SmtpServer server, Lease lease, Attempt attempt) {
        OAuth2 client = server.oauth2();
        if (client == null) {
            return opened(server, lease, attempt, server.password());
        }
        String token = tokens.current(client, patience(attempt));
        try {
            return opened(server, lease, attempt, token);
        } catch (ApplicationFailure failure) {
            if (!lease.isSignInRefused()) {
                throw failure;
            }
        }
        // a token may be withdrawn before its end
        return opened(server, lease, attempt, tokens.insteadOf(token, client, patience(attempt)));
    }

    private static SmtpConnection opened(SmtpServer server, Lease lease, Attempt attempt, @Nullable String secret) {
        Approach approach = approach(server, lease, attempt);
        while (true) {
            SmtpConnection fresh = dialled(server, lease, approach, attempt);
            try {
                lease.open(fresh, secret, approach);
                return fresh;
            } catch (MessagingException | IOException failure) {
                ApplicationFailure fault = Faults.opening(server, fresh, failure, attempt.number());
                boolean elsewhere = approach.hasMore() && fresh.isMute() && !attempt.isTimeUp();
                if (fault.isNonRetryable() || !elsewhere || attempt.isCalledOff()) {
                    throw fault;
                }
            }
        }
    }

    private static Approach approach(SmtpServer server, Lease lease, Attempt attempt) {
        try {
            return lease.approach(attempt);
        } catch (IOException nowhere) {
            throw Faults.unreachable(server, nowhere);
        }
    }

    private static SmtpConnection dialled(SmtpServer server, Lease lease, Approach approach, Attempt attempt) {
        try {
            return lease.fresh(approach, attempt);
        } catch (IOException unreachable) {
            throw Faults.unreachable(server, unreachable);
        }
    }

    private static Duration patience(Attempt attempt) {
        return Duration.ofMillis(attempt.millis(LONGEST_WAIT_FOR_TOKEN));
    }

    private static Map<String, Reply> transact(
            SmtpServer server, SmtpConnection connection, ComposedMail mail, Map<String, InternetAddress> pending)
            throws MessagingException {
        if (mail.needsUtf8() && !connection.supportsExtension("SMTPUTF8")) {
            return replies(pending, Map.of(), Faults.noUtf8());
        }
        Faults.requireRoom(server, connection, mail);
        try {
            connection.sendMessage(mail.message(), pending.values().toArray(Address[]::new));
            return replies(pending, Map.of(), Reply.ACCEPTED);
        } catch (SMTPSendFailedException answered) {
            // with recipients in it the content was taken, and the exception is about the others
            boolean sent = answered.getValidSentAddresses() != null && answered.getValidSentAddresses().length > 0;
            Reply whole = sent
                    ? Reply.ACCEPTED
                    : Reply.of(connection.stage(), answered.getReturnCode(), answered.getMessage());
            if (whole.accepts() && !sent) {
                throw answered;
            }
            return replies(pending, repliesToRecipients(answered), whole);
        } catch (SendFailedException nobody) {
            Map<String, Reply> each = repliesToRecipients(nobody);
            if (each.isEmpty()) {
                throw nobody;
            }
            return replies(pending, each, each.values().iterator().next());
        }
    }

    private static Map<String, Reply> replies(
            Map<String, InternetAddress> pending, Map<String, Reply> each, Reply others) {
        Map<String, Reply> replies = new LinkedHashMap<>();
        pending.forEach((address, sent) -> replies.put(address, each.getOrDefault(sent.getAddress(), others)));
        return replies;
    }

    private static Map<String, Reply> repliesToRecipients(MessagingException chain) {
        Map<String, Reply> replies = new HashMap<>();
        for (Exception link = chain;
                link instanceof MessagingException messaging;
                link = messaging.getNextException()) {
            if (link instanceof SMTPAddressFailedException failed) {
                replies.put(
                        failed.getAddress().getAddress(),
                        Reply.of(Stage.RCPT, failed.getReturnCode(), failed.getMessage()));
            }
        }
        return replies;
    }
}
