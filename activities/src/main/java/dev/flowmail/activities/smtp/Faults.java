package dev.flowmail.activities.smtp;

import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.smtp.Attachments.UnreadableAttachmentException;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.AuthenticationFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Which fault is worth another attempt, and what an operator reads about it. The worker logs these messages: no address
 * and no password gets into them, and no cause is attached, since those of the mail library have both.
 */
final class Faults {

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

    /** No connection came about. */
    static ApplicationFailure unreachable(SmtpServer server, IOException failure) {
        if (failure instanceof AddressRefusedException) {
            return ApplicationFailure.newNonRetryableFailure(
                    String.valueOf(failure.getMessage()), MailFailure.NETWORK_REFUSED);
        }
        if (failure instanceof UnknownHostException) {
            return unavailable("The mail server " + server.host() + " is not known to the DNS; check Host");
        }
        if (failure instanceof SocketTimeoutException) {
            return late(server);
        }
        return unavailable(at(server) + " cannot be reached: " + failure.getMessage() + "; check Host and Port");
    }

    /** A connection that came about could not be used: greeting, TLS or sign-in failed. */
    static ApplicationFailure opening(SmtpServer server, SmtpConnection connection, Exception failure) {
        Optional<SSLException> tls = find(SSLException.class, failure);
        if (tls.isPresent() && !isLost(tls.get())) {
            return tls(at(server) + " cannot be talked to over TLS: its certificate is not trusted, is not for the name"
                    + " in Host, or the port does not speak TLS; check Host, Port and Transport ("
                    + tls.get().getMessage() + ")");
        }
        Optional<IOException> lost = find(IOException.class, failure);
        if (lost.isPresent()) {
            return lost(server, lost.get());
        }
        Reply reply = Reply.of(connection.getLastReturnCode(), connection.getLastServerResponse());
        if (reply.code() >= 400 && reply.code() <= 499) {
            return unavailable(at(server) + " answered " + reply.withoutAddresses());
        }
        if (failure instanceof AuthenticationFailedException) {
            return ApplicationFailure.newNonRetryableFailure(
                    at(server) + signInRefused(server, connection, reply), MailFailure.SMTP_AUTHENTICATION);
        }
        if (connection.isSecuring() || (server.transport() == Transport.TLS && !reply.isFinal())) {
            return tls(at(server) + " does not offer STARTTLS, which Transport tls requires; check Transport and Port");
        }
        return refused(server, reply);
    }

    private static String signInRefused(SmtpServer server, SmtpConnection connection, Reply reply) {
        if (server.oauth2() != null && !connection.takesTokens()) {
            return " does not offer XOAUTH2, which the OAuth2 values need; check Host, Port and Transport, or clear them and"
                    + " use Password";
        }
        return " did not accept "
                + (server.oauth2() == null ? "Username and Password: " : "the OAuth2 access token for Username: ")
                + (reply.isFinal() ? Advice.on(server, reply) : "it offers no way to sign in that is known");
    }

    /** The connection was lost, or timed out, on the way. */
    static ApplicationFailure lost(SmtpServer server, Exception failure) {
        Optional<UnreadableAttachmentException> unreadable = find(UnreadableAttachmentException.class, failure);
        if (unreadable.isPresent()) {
            return missing(unreadable.get());
        }
        if (find(SocketTimeoutException.class, failure).isPresent()) {
            return late(server);
        }
        String why =
                find(IOException.class, failure).map(IOException::getMessage).orElse("an unexpected answer");
        return unavailable("The connection to the mail server " + address(server) + " was lost: " + why);
    }

    static ApplicationFailure late(SmtpServer server) {
        return unavailable(at(server) + " did not answer in time; check Host, Port and Transport if it never does");
    }

    /** The whole mail went out, and then no answer came: RFC 5321, section 4.5.4.1, has it sent again. */
    static ApplicationFailure unconfirmed(SmtpServer server) {
        return ApplicationFailure.newFailure(
                at(server)
                        + " was sent the whole mail and did not say that it took it: whether it is delivered is unknown",
                MailFailure.SMTP_UNCONFIRMED);
    }

    /** The server took the mail for nobody, for now. */
    static ApplicationFailure deferred(SmtpServer server, Reply reply) {
        return unavailable(at(server) + " did not take the mail yet: " + reply.withoutAddresses());
    }

    /**
     * The server refused the mail for good.
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
                at(server) + " refused the mail: " + Advice.on(server, reply), MailFailure.SMTP_REFUSED, details);
    }

    /** Refuses a mail that this server says it cannot take. */
    static void requireAbilities(SmtpServer server, SmtpConnection connection, ComposedMail mail) {
        if (mail.needsUtf8() && !connection.supportsExtension("SMTPUTF8")) {
            throw ApplicationFailure.newNonRetryableFailure(
                    at(server) + " does not offer SMTPUTF8, which an address with other than ASCII letters before the @"
                            + " needs",
                    MailFailure.SMTP_REFUSED);
        }
        String most = connection.getExtensionParameter("SIZE");
        if (most != null && most.matches("[1-9]\\d{0,17}") && Long.parseLong(most) < mail.size()) {
            throw ApplicationFailure.newNonRetryableFailure(
                    at(server) + " takes mails of at most " + most + " bytes, and this one has about " + mail.size(),
                    MailFailure.SMTP_REFUSED);
        }
    }

    private static boolean isLost(SSLException failure) {
        return find(EOFException.class, failure).isPresent()
                || find(SocketException.class, failure).isPresent()
                || find(SocketTimeoutException.class, failure).isPresent();
    }

    private static <T> Optional<T> find(Class<T> type, Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (type.isInstance(link)) {
                return Optional.of(type.cast(link));
            }
        }
        return Optional.empty();
    }

    private static ApplicationFailure unavailable(String message) {
        return ApplicationFailure.newFailure(message, MailFailure.SMTP_UNAVAILABLE);
    }

    private static ApplicationFailure tls(String message) {
        return ApplicationFailure.newNonRetryableFailure(message, MailFailure.SMTP_TLS);
    }

    private static String at(SmtpServer server) {
        return "The mail server " + address(server);
    }

    private static String address(SmtpServer server) {
        return server.host() + ":" + server.port();
    }
}
