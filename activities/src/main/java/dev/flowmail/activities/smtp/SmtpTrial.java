package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.attachments.RemoteFile;
import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.WantedFile;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tries a mail server for an operator: what mails do, once, without Temporal. Each step has 30 s, and fails with an
 * {@link ApplicationFailure} of one of the types in {@link dev.flowmail.workflows.mail.MailFailure}.
 */
public final class SmtpTrial implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ScheduledExecutorService clock = Clock.start();
    private final GuardedHttp http;
    private final AccessTokens tokens;
    private final ConnectionPool pool;
    private final Sender sender;
    private final Courier courier;

    /**
     * Tries servers as {@link SmtpMailActivities} with the same collaborators would use them.
     *
     * @param publicUrl its host greets mail servers
     * @param tls whom to trust
     * @param proxy by which token endpoints are asked; null for none
     */
    public SmtpTrial(NetworkGuard guard, URI publicUrl, SSLContext tls, @Nullable ForwardProxy proxy) {
        EhloName name = EhloName.of(publicUrl);
        RequestFiles none = new NoFiles();
        Composer composer = new Composer(
                new Bodies(
                        none,
                        new MailedCodes(link -> "", link -> "", link -> "", (nonce, holder, outcome) -> ""),
                        mail -> new RenderedMail("", ""),
                        mail -> new RenderedMail("", ""),
                        publicUrl),
                new Attachments(none, new Fetching(none, (attachment, bucket, patience) -> NoFiles.REMOTE)),
                new MessageIds(name.inMessageIds()));
        pool = new ConnectionPool(new Dialer(guard, tls, clock), name, Pace.USUAL, SmtpLimits.USUAL);
        http = new GuardedHttp(guard, tls, proxy);
        tokens = new AccessTokens(http);
        sender = new Sender(pool, tokens);
        courier = new Courier(composer, sender);
    }

    /** Gets the access token that {@link #signIn} and {@link #send} use with this client. */
    public void getToken(OAuth2 client) {
        tokens.current(client, LONGEST);
    }

    /** Connects, secures the connection and signs in, as far as the server's record says so. */
    public void signIn(SmtpServer server) {
        signIn(Route.to(server));
    }

    /** The same, with the server of whoever runs Flowmail. */
    public void signIn(OperatorsServer operators) {
        signIn(Route.to(operators));
    }

    private void signIn(Route route) {
        try (Attempt attempt = Attempt.unrecorded(clock, LONGEST)) {
            sender.open(route, attempt);
        }
    }

    /** Sends a plain text to one recipient. Returns when the server has accepted it. */
    public void send(SmtpServer server, Mailbox from, Mailbox to, String subject, String text) {
        try (Attempt attempt = Attempt.unrecorded(clock, LONGEST)) {
            courier.deliver(mail(server, from, to, subject, text), Route.to(server), attempt);
        }
    }

    private static Mail mail(SmtpServer server, Mailbox from, Mailbox to, String subject, String text) {
        String id = "trial-" + UUID.randomUUID();
        return new Mail(
                id,
                id,
                server,
                from,
                null,
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
        try {
            http.close();
        } catch (IOException closed) {
            // that is what was wanted
        }
    }

    /** A trial has neither attachments nor bodies that are kept anywhere. */
    private static final class NoFiles implements RequestFiles {
        private static final RemoteFile REMOTE = receiver -> {
            throw new NoSuchFileException("elsewhere");
        };

        @Override
        public InputStream open(String requestId, String file) throws NoSuchFileException {
            throw new NoSuchFileException(file);
        }

        @Override
        public StoredFile describe(String requestId, String file) throws NoSuchFileException {
            throw new NoSuchFileException(file);
        }

        @Override
        public StoredFile fetch(String requestId, WantedFile wanted, RemoteFile remote) throws NoSuchFileException {
            throw new NoSuchFileException("elsewhere");
        }

        @Override
        public String make(String requestId, String identity, Maker maker) throws NoSuchFileException {
            throw new NoSuchFileException(identity);
        }

        @Override
        public void forget(String requestId) {}
    }
}
