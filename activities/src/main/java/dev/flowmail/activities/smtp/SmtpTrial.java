package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.MessagingException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;

/**
 * Tries a mail server for an operator: what mails do, once, without Temporal. Each step has 30 s, and fails with an
 * {@link ApplicationFailure} of one of the types in {@link MailFailure}.
 */
public final class SmtpTrial implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ScheduledExecutorService clock = Clock.start();
    private final Composer composer;
    private final ConnectionPool pool;
    private final Sender sender;

    /**
     * Tries servers as {@link SmtpMailActivities} with the same collaborators would use them.
     *
     * @param publicUrl its host greets mail servers
     * @param tls whom to trust
     */
    public SmtpTrial(NetworkGuard guard, URI publicUrl, SSLContext tls) {
        OwnName name = OwnName.of(publicUrl);
        RequestFiles none = new NoFiles();
        composer = new Composer(
                new Bodies(none, link -> "", mail -> new RenderedMail("", ""), publicUrl),
                new Attachments(Map.of()),
                new MessageIds(name.inMessageIds()));
        pool = new ConnectionPool(new Dialer(guard, tls, clock), name.inGreetings(), Pace.USUAL, SmtpLimits.USUAL);
        sender = new Sender(pool);
    }

    /** Connects, secures the connection and signs in, as far as the server's record says so. */
    public void signIn(SmtpServer server) {
        try (Attempt attempt = Attempt.unrecorded(clock, LONGEST)) {
            sender.open(server, attempt);
        }
    }

    /** Sends a plain text to one recipient. Returns when the server has taken it. */
    public void send(SmtpServer server, Mailbox from, Mailbox to, String subject, String text) {
        Mail mail = mail(server, from, to, subject, text);
        try (Attempt attempt = Attempt.unrecorded(clock, LONGEST)) {
            ComposedMail composed = composer.compose(mail);
            Reply reply = sender.send(server, composed, composed.recipients(), attempt)
                    .values()
                    .iterator()
                    .next();
            if (!reply.accepts()) {
                throw reply.isFinal() ? Faults.refused(server, reply) : Faults.deferred(server, reply);
            }
        } catch (MessagingException unwritable) {
            throw ApplicationFailure.newNonRetryableFailure("The mail cannot be written", MailFailure.SMTP_REFUSED);
        }
    }

    private static Mail mail(SmtpServer server, Mailbox from, Mailbox to, String subject, String text) {
        String id = "trial-" + UUID.randomUUID();
        return new Mail(
                id,
                id,
                server,
                from,
                List.of(to),
                List.of(),
                List.of(),
                subject,
                Content.inline(text),
                null,
                List.of(),
                null,
                null,
                false);
    }

    @Override
    public void close() {
        pool.close();
        clock.shutdownNow();
    }

    /** A trial has neither attachments nor bodies that are kept anywhere. */
    private static final class NoFiles implements RequestFiles {

        @Override
        public InputStream open(String requestId, String file) throws NoSuchFileException {
            throw new NoSuchFileException(file);
        }

        @Override
        public long size(String requestId, String file) throws NoSuchFileException {
            throw new NoSuchFileException(file);
        }

        @Override
        public void forget(String requestId) {}
    }
}
