package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.Attachments.UnreadableAttachmentException;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Retries;
import dev.flowmail.workflows.mail.SmtpServer;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Which fault is worth another attempt, and what an operator reads about it; of connections that do not come about {@link
 * OpeningFaults} tells, and {@link ReplyKinds} which reply is final. The worker logs these messages: no address
 * and no password gets into them, and no cause is attached, since those of the mail library have both.
 */
final class Faults {

    /** Between attempts while a limit holds: those of an hour or a day do not end sooner for being asked often. */
    private static final Duration FIRST_PAUSE_AT_A_LIMIT = Duration.ofSeconds(30);

    private Faults() {}

    /** An attachment or a stored body cannot be read. Another replica, or a later attempt, may have it. */
    static ApplicationFailure missing(IOException cause) {
        return ApplicationFailure.newFailure(
                "A file of this mail is not in the attachment store of this replica ("
                        + cause.getClass().getSimpleName() + ")",
                MailFailure.ATTACHMENT_MISSING);
    }

    /**
     * The server has mails enough for now.
     *
     * @param again when to come again; zero leaves it to the retry policy
     */
    static ApplicationFailure busy(SmtpServer server, Duration again) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setMessage(at(server) + " has as many of our mails as it may have at once (flowmail.smtp.connections,"
                        + " flowmail.smtp.rate)")
                .setType(MailFailure.SMTP_UNAVAILABLE);
        return again.isZero()
                ? failure.build()
                : failure.setNextRetryDelay(again).build();
    }

    /** A request that names no server was accepted when there was one. */
    static ApplicationFailure noServer() {
        return unavailable("The request names no mail server, and SPRING_MAIL_HOST is not set (any more)");
    }

    /** The connection was lost, or timed out, on the way. */
    static ApplicationFailure lost(SmtpServer server, Exception failure) {
        return lost(server, failure, "");
    }

    /** @param hint added to the message */
    static ApplicationFailure lost(SmtpServer server, Exception failure, String hint) {
        Optional<UnreadableAttachmentException> unreadable = find(UnreadableAttachmentException.class, failure);
        if (unreadable.isPresent()) {
            return missing(unreadable.get());
        }
        if (find(SocketTimeoutException.class, failure).isPresent()) {
            return late(server);
        }
        String why =
                find(IOException.class, failure).map(IOException::getMessage).orElse("an unexpected answer");
        return unavailable("The connection to the mail server " + address(server) + " was lost: " + why + hint);
    }

    static ApplicationFailure late(SmtpServer server) {
        return unavailable(at(server) + " did not answer in time; check Host, Port and Transport if it never does");
    }

    /** The whole mail went out, and then no answer came: RFC 5321, section 4.5.4.1, has it sent again. */
    static ApplicationFailure unconfirmed(SmtpServer server) {
        return ApplicationFailure.newFailure(
                at(server)
                        + " was sent the whole mail and did not say whether it accepted it: whether it is delivered is"
                        + " unknown",
                MailFailure.SMTP_UNCONFIRMED);
    }

    /**
     * The server did not take the mail for a recipient, for now.
     *
     * @param attempt which one it was, from 1
     */
    static ApplicationFailure deferred(SmtpServer server, Reply reply, int attempt) {
        if (!ReplyKinds.isLimit(reply)) {
            return unavailable(at(server) + " has not accepted the mail yet: " + reply.withoutAddresses());
        }
        Duration pause = FIRST_PAUSE_AT_A_LIMIT.multipliedBy(1L << Math.min(attempt - 1, 10));
        return ApplicationFailure.newBuilder()
                .setMessage(at(server) + " has reached a limit for what may be sent; the mail is tried again slowly: "
                        + reply.withoutAddresses())
                .setType(MailFailure.SMTP_UNAVAILABLE)
                .setNextRetryDelay(pause.compareTo(Retries.LONGEST_PAUSE) < 0 ? pause : Retries.LONGEST_PAUSE)
                .build();
    }

    /** What a recipient is told of whose address the server cannot take. */
    static Reply noUtf8() {
        return new Reply(
                Stage.RCPT,
                553,
                "5.6.7 not asked, since the server does not offer SMTPUTF8, which an address with other than ASCII"
                        + " letters before the @ needs");
    }

    /**
     * The server rejected the mail for good.
     *
     * @param details what the failure carries beside its message
     */
    static ApplicationFailure refused(SmtpServer server, Reply reply, Object... details) {
        // RFC 4954, section 6, and RFC 3207, section 4
        if (reply.code() == 530) {
            return ApplicationFailure.newNonRetryableFailure(
                    at(server) + " wants a sign-in or TLS first; check Username, Password and Transport: "
                            + reply.withoutAddresses(),
                    MailFailure.SMTP_AUTHENTICATION,
                    details);
        }
        return ApplicationFailure.newNonRetryableFailure(
                at(server) + " rejected the mail: " + Advice.on(server, reply), MailFailure.SMTP_REFUSED, details);
    }

    /** @param most what the server says it takes, in bytes */
    static ApplicationFailure tooLarge(SmtpServer server, String most, long size) {
        return ApplicationFailure.newNonRetryableFailure(
                at(server) + " takes mails of at most " + most + " bytes, and this one has about " + size
                        + ": attach fewer or smaller files, or send links to them",
                MailFailure.SMTP_REFUSED);
    }

    static <T> Optional<T> find(Class<T> type, Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (type.isInstance(link)) {
                return Optional.of(type.cast(link));
            }
        }
        return Optional.empty();
    }

    static ApplicationFailure unavailable(String message) {
        return ApplicationFailure.newFailure(message, MailFailure.SMTP_UNAVAILABLE);
    }

    static String at(SmtpServer server) {
        return "The mail server " + address(server);
    }

    private static String address(SmtpServer server) {
        return server.host() + ":" + server.port();
    }
}
