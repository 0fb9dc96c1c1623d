package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.common.Priority;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;

/** Makes attempts at mails by itself: Temporal's test environment would repeat those that say when to come again. */
final class DirectSender implements AutoCloseable {
    private static final URI PUBLIC_URL = URI.create("https://mail.flow.example/");

    private final ScheduledExecutorService clock = Clock.start();
    final MemoryFiles files = new MemoryFiles();
    private final Composer composer = new Composer(
            new Bodies(
                    files,
                    new MailedCodes(link -> "", link -> "", link -> "", (nonce, holder, outcome) -> ""),
                    mail -> new RenderedMail("", ""),
                    mail -> new RenderedMail("", ""),
                    PUBLIC_URL),
            new Attachments(files, new Fetching(files, (attachment, bucket, patience) -> {
                throw new UnsupportedOperationException();
            })),
            new MessageIds("mail.flow.example"));
    private final GuardedHttp http;
    private final ConnectionPool pool;
    private final Courier courier;

    DirectSender(SmtpLimits limits) throws NoSuchAlgorithmException {
        this(limits, Rig::loopback, new EhloName("mail.flow.example"));
    }

    DirectSender(SmtpLimits limits, NetworkGuard guard, EhloName name) throws NoSuchAlgorithmException {
        http = new GuardedHttp(guard, SSLContext.getDefault());
        pool = new ConnectionPool(new Dialer(guard, SSLContext.getDefault(), clock), name, Pace.USUAL, limits);
        courier = new Courier(composer, new Sender(pool, new AccessTokens(http)));
    }

    /** One attempt of several. */
    Delivery send(Mail mail) {
        return send(mail, Priority.getDefaultInstance());
    }

    Delivery send(Mail mail, Priority priority) {
        return send(mail, priority, Duration.ofMinutes(15));
    }

    /** One that ends after this time. */
    Delivery send(Mail mail, Duration budget) {
        return send(mail, Priority.getDefaultInstance(), budget);
    }

    private Delivery send(Mail mail, Priority priority, Duration budget) {
        try (Attempt attempt =
                new Attempt(progress -> {}, Progress.NONE, 1, false, priority, budget, clock, Duration.ofSeconds(15))) {
            return courier.deliver(mail, Route.to(mail.server()), attempt);
        }
    }

    ApplicationFailure fail(Mail mail) {
        return catchThrowableOfType(ApplicationFailure.class, () -> send(mail));
    }

    SmtpLoad load() {
        return pool.load();
    }

    @Override
    public void close() {
        pool.close();
        clock.shutdownNow();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
