package dev.flowmail.activities.smtp;

import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.AuthenticationFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why no connection came about, or why one could not be used, as {@link Faults} tells of all else. */
final class OpeningFaults {
    private OpeningFaults() {}

    /** No connection came about. */
    static ApplicationFailure unreachable(SmtpServer server, IOException failure) {
        if (failure instanceof AddressRefusedException) {
            return ApplicationFailure.newNonRetryableFailure(nowhere(server), MailFailure.NETWORK_REFUSED);
        }
        if (failure instanceof UnknownHostException) {
            return Faults.unavailable(nowhere(server));
        }
        if (failure instanceof SocketTimeoutException) {
            return Faults.late(server);
        }
        return Faults.unavailable(
                Faults.at(server) + " cannot be reached: " + failure.getMessage() + "; check Host and Port");
    }

    private static String nowhere(SmtpServer server) {
        return "The mail server " + NetworkGuard.nowhere(server.host()) + "; check Host";
    }

    /** A connection that came about could not be used: greeting, TLS or sign-in failed. */
    static ApplicationFailure of(SmtpServer server, SmtpConnection connection, Exception failure, int attempt) {
        Optional<SSLException> tls = Faults.find(SSLException.class, failure);
        if (tls.isPresent() && !isLost(tls.get())) {
            return tls(Faults.at(server)
                    + " cannot be talked to over TLS: its certificate is not trusted, is not for the name"
                    + " in Host, or the port does not speak TLS; check Host, Port and Transport ("
                    + tls.get().getMessage() + ")");
        }
        Optional<IOException> lost = Faults.find(IOException.class, failure);
        if (lost.isPresent()) {
            return Faults.lost(server, lost.get(), greetingHint(connection));
        }
        Reply reply = Reply.of(connection.stage(), connection.getLastReturnCode(), connection.getLastServerResponse());
        if (ReplyKinds.isLimit(reply)) {
            return Faults.deferred(server, reply, attempt);
        }
        if (reply.code() >= 400 && reply.code() <= 499) {
            return Faults.unavailable(
                    Faults.at(server) + " answered " + reply.withoutAddresses() + greetingHint(connection));
        }
        if (failure instanceof AuthenticationFailedException) {
            return ApplicationFailure.newNonRetryableFailure(
                    Faults.at(server) + signInRefused(server, connection, reply), MailFailure.SMTP_AUTHENTICATION);
        }
        boolean greeted = connection.stage() == Stage.EHLO && reply.accepts();
        if (connection.stage() == Stage.STARTTLS || greeted) {
            return tls(Faults.at(server)
                    + " does not offer STARTTLS, which Transport tls requires; check Transport and Port");
        }
        return connection.stage() == Stage.EHLO
                ? ApplicationFailure.newNonRetryableFailure(
                        Faults.at(server) + " refused to talk: " + reply.withoutAddresses() + greetingHint(connection),
                        MailFailure.SMTP_REFUSED)
                : Faults.refused(server, reply);
    }

    /** Some servers talk only to names that they can look up, and say nothing of it. */
    private static String greetingHint(SmtpConnection connection) {
        return connection.stage() == Stage.EHLO
                ? "; if it always does, it may not accept the name that Flowmail greets it by, " + connection.greeting()
                        + ": give FLOWMAIL_PUBLIC_URL a host name that is known to the DNS"
                : "";
    }

    private static String signInRefused(SmtpServer server, SmtpConnection connection, Reply reply) {
        if (server.oauth2() != null && !connection.takesTokens()) {
            return " does not offer XOAUTH2, which the OAuth2 values need; check Host, Port and Transport, or clear"
                    + " them and use Password";
        }
        return " did not accept "
                + (server.oauth2() == null ? "Username and Password: " : "the OAuth2 access token for Username: ")
                + (reply.code() >= 500 ? Advice.on(server, reply) : "it offers no way to sign in that is known");
    }

    private static boolean isLost(SSLException failure) {
        return Faults.find(EOFException.class, failure).isPresent()
                || Faults.find(SocketException.class, failure).isPresent()
                || Faults.find(SocketTimeoutException.class, failure).isPresent();
    }

    private static ApplicationFailure tls(String message) {
        return ApplicationFailure.newNonRetryableFailure(message, MailFailure.SMTP_TLS);
    }
}
