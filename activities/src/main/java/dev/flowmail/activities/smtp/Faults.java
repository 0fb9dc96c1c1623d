package dev.flowmail.activities.smtp;

import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.smtp.Attachments.UnreadableAttachmentException;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Retries;
import dev.flowmail.workflows.mail.SmtpServer;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.AuthenticationFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Which fault is worth another attempt, and what an operator reads about it. The worker logs these messages: no address
 * and no password gets into them, and no cause is attached, since those of the mail library have both.
 */
final class Faults {

    /** Between attempts while a limit holds: those of an hour or a day do not end sooner for being asked often. */
    private static final Duration FIRST_PAUSE_AT_A_LIMIT = Duration.ofSeconds(30);

    /** Gmail's daily quota; Exchange Online's limits for a sender, a tenant or a recipient. */
    private static final Set<String> LIMITS =
            Set.of("5.4.5", "5.1.90", "5.2.121", "5.2.122", "5.7.232", "5.7.233", "5.7.705");

    private static final Pattern LIMIT_IN_WORDS = Pattern.compile(
            "quota|throttl|rate[ -]?limit"
                    + "|too many (?!hops|received|headers|links|urls|(mime )?parts|attachments|levels|lines|characters)"
                    + "|\\b(sending|send|submission|hourly|daily|messages?|mails?|emails?|recipients?) limit"
                    + "|\\b(messages|mails|emails|recipients) (per|an?) (minute|hour|day)\\b"
                    + "|unusual sending activity"
                    + "|(try|retry|send|come back)( it| again| back)? (again )?later",
            Pattern.CASE_INSENSITIVE);

    /** Words that speak of the mail's size or of a full mailbox, which no waiting makes smaller. */
    private static final Pattern NO_LIMIT =
            Pattern.compile("\\bsize\\b|too (large|big|long)", Pattern.CASE_INSENSITIVE);

    private static final Set<String> TOO_LARGE_OR_FULL = Set.of("5.2.2", "5.2.3", "5.3.4", "5.1.1");

    private static final Pattern MAILBOX = Pattern.compile("mailbox|\\b(user|account)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TOO_MANY_RECIPIENTS = Pattern.compile(
            "^[45]\\.5\\.3\\b|too many|recipients? (limit|count)|(limit|maximum)\\b.*\\brecipients",
            Pattern.CASE_INSENSITIVE);

    private Faults() {}

    /** Whether asking again is in vain. */
    static boolean isFinal(Reply reply) {
        return reply.code() >= 500 && reply.code() <= 599 && !isLimit(reply) && !isTooManyRecipients(reply);
    }

    /** The server has had enough for now and says so by a code that is meant for ever. */
    private static boolean isLimit(Reply reply) {
        if (reply.code() < 500 || reply.stage() == Stage.AUTH || TOO_LARGE_OR_FULL.contains(reply.enhancedCode())) {
            return false;
        }
        boolean ofRecipient =
                reply.stage() == Stage.RCPT && MAILBOX.matcher(reply.text()).find();
        return LIMITS.contains(reply.enhancedCode())
                || (!ofRecipient
                        && LIMIT_IN_WORDS.matcher(reply.text()).find()
                        && !NO_LIMIT.matcher(reply.text()).find());
    }

    /**
     * Whether the recipient is only one too many for this transaction. RFC 5321, section 4.5.3.1.10: older servers say 552
     * where it should be 452, and mean no refusal.
     */
    static boolean isTooManyRecipients(Reply reply) {
        return reply.stage() == Stage.RCPT
                && reply.code() >= 400
                && reply.code() <= 599
                && !TOO_LARGE_OR_FULL.contains(reply.enhancedCode())
                && TOO_MANY_RECIPIENTS.matcher(reply.text()).find();
    }

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

    /** No connection came about. */
    static ApplicationFailure unreachable(SmtpServer server, IOException failure) {
        if (failure instanceof AddressRefusedException) {
            return ApplicationFailure.newNonRetryableFailure(nowhere(server), MailFailure.NETWORK_REFUSED);
        }
        if (failure instanceof UnknownHostException) {
            return unavailable(nowhere(server));
        }
        if (failure instanceof SocketTimeoutException) {
            return late(server);
        }
        return unavailable(at(server) + " cannot be reached: " + failure.getMessage() + "; check Host and Port");
    }

    private static String nowhere(SmtpServer server) {
        return "The mail server " + NetworkGuard.nowhere(server.host()) + "; check Host";
    }

    /** A connection that came about could not be used: greeting, TLS or sign-in failed. */
    static ApplicationFailure opening(SmtpServer server, SmtpConnection connection, Exception failure, int attempt) {
        Optional<SSLException> tls = find(SSLException.class, failure);
        if (tls.isPresent() && !isLost(tls.get())) {
            return tls(at(server) + " cannot be talked to over TLS: its certificate is not trusted, is not for the name"
                    + " in Host, or the port does not speak TLS; check Host, Port and Transport ("
                    + tls.get().getMessage() + ")");
        }
        Optional<IOException> lost = find(IOException.class, failure);
        if (lost.isPresent()) {
            return lost(server, lost.get(), greetingHint(connection));
        }
        Reply reply = Reply.of(connection.stage(), connection.getLastReturnCode(), connection.getLastServerResponse());
        if (isLimit(reply)) {
            return deferred(server, reply, attempt);
        }
        if (reply.code() >= 400 && reply.code() <= 499) {
            return unavailable(at(server) + " answered " + reply.withoutAddresses() + greetingHint(connection));
        }
        if (failure instanceof AuthenticationFailedException) {
            return ApplicationFailure.newNonRetryableFailure(
                    at(server) + signInRefused(server, connection, reply), MailFailure.SMTP_AUTHENTICATION);
        }
        boolean greeted = connection.stage() == Stage.EHLO && reply.accepts();
        if (connection.stage() == Stage.STARTTLS || greeted) {
            return tls(at(server) + " does not offer STARTTLS, which Transport tls requires; check Transport and Port");
        }
        return connection.stage() == Stage.EHLO
                ? ApplicationFailure.newNonRetryableFailure(
                        at(server) + " refused to talk: " + reply.withoutAddresses() + greetingHint(connection),
                        MailFailure.SMTP_REFUSED)
                : refused(server, reply);
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

    /** The connection was lost, or timed out, on the way. */
    static ApplicationFailure lost(SmtpServer server, Exception failure) {
        return lost(server, failure, "");
    }

    private static ApplicationFailure lost(SmtpServer server, Exception failure, String hint) {
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
                        + " was sent the whole mail and did not say that it took it: whether it is delivered is"
                        + " unknown",
                MailFailure.SMTP_UNCONFIRMED);
    }

    /**
     * The server did not take the mail for a recipient, for now.
     *
     * @param attempt which one it was, from 1
     */
    static ApplicationFailure deferred(SmtpServer server, Reply reply, int attempt) {
        if (!isLimit(reply)) {
            return unavailable(at(server) + " did not take the mail yet: " + reply.withoutAddresses());
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

    /** Refuses a mail that is larger than this server says it takes. */
    static void requireRoom(SmtpServer server, SmtpConnection connection, ComposedMail mail) {
        String most = connection.getExtensionParameter("SIZE");
        if (most != null && most.matches("[1-9]\\d{0,17}") && Long.parseLong(most) < mail.size()) {
            throw ApplicationFailure.newNonRetryableFailure(
                    at(server) + " takes mails of at most " + most + " bytes, and this one has about " + mail.size()
                            + ": attach fewer or smaller files, or send links to them",
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
