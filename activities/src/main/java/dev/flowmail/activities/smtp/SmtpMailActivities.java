package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.Buckets;
import dev.flowmail.activities.attachments.Downloads;
import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.attachments.Letters;
import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.templates.CodeMail;
import dev.flowmail.templates.DecisionMail;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails by SMTP (RFC 5321), over connections that are kept for the next mail to the same server and user. Safe for
 * several threads. Close it after the worker has drained.
 */
public final class SmtpMailActivities implements MailActivities, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SmtpMailActivities.class);

    private static final Duration REHEARSAL = Duration.ofSeconds(10);

    private final RequestFiles files;
    private final ScheduledExecutorService clock;
    private final ConnectionPool pool;
    private final Courier courier;
    private final Pace pace;
    private final @Nullable OperatorsServer operators;

    /**
     * Sends with the given collaborators.
     *
     * @param guard decides which addresses are dialled
     * @param tokens for servers that are signed in to by OAuth 2.0
     * @param files what requests keep, and where their attachments are fetched to
     * @param downloads the way to attachments that have a {@code Download Uri}
     * @param buckets the way to attachments in callers' S3 buckets
     * @param codes what decision mails hold for their recipients
     * @param decisionMails renders mails that ask for a decision
     * @param codeMails renders mails that bring a fresh code
     * @param publicUrl base of the links; its host stands in Message-IDs and greets mail servers
     * @param tls whom to trust
     * @param limits what one mail server gets at most
     * @param operators the server of mails that name none; null when there is none
     */
    public SmtpMailActivities(
            NetworkGuard guard,
            AccessTokens tokens,
            RequestFiles files,
            Downloads downloads,
            Buckets buckets,
            MailedCodes codes,
            Function<DecisionMail, RenderedMail> decisionMails,
            Function<CodeMail, RenderedMail> codeMails,
            URI publicUrl,
            SSLContext tls,
            SmtpLimits limits,
            @Nullable OperatorsServer operators) {
        this(
                guard,
                tokens,
                files,
                downloads,
                buckets,
                codes,
                decisionMails,
                codeMails,
                publicUrl,
                tls,
                limits,
                operators,
                Pace.USUAL);
    }

    SmtpMailActivities(
            NetworkGuard guard,
            AccessTokens tokens,
            RequestFiles files,
            Downloads downloads,
            Buckets buckets,
            MailedCodes codes,
            Function<DecisionMail, RenderedMail> decisionMails,
            Function<CodeMail, RenderedMail> codeMails,
            URI publicUrl,
            SSLContext tls,
            SmtpLimits limits,
            @Nullable OperatorsServer operators,
            Pace pace) {
        this.operators = operators;
        this.files = files;
        this.pace = pace;
        EhloName name = EhloName.of(publicUrl);
        Composer composer = new Composer(
                new Bodies(files, codes, decisionMails, codeMails, publicUrl),
                new Attachments(files, new Fetching(files, downloads, buckets)),
                new MessageIds(name.inMessageIds()));
        this.clock = Clock.start();
        this.pool = new ConnectionPool(new Dialer(guard, tls, clock), name, pace, limits);
        this.courier = new Courier(composer, new Sender(pool, tokens));
    }

    @Override
    public Delivery sendMail(Mail mail) {
        try (Attempt attempt = new Attempt(Activity.getExecutionContext(), clock, pace.heartbeats())) {
            try {
                Delivery delivery = courier.deliver(whole(mail), route(mail), attempt);
                log.info("Mail {} was accepted by {}", mail.id(), mail.server());
                forgetAfter(mail, true);
                return delivery;
            } catch (ApplicationFailure failure) {
                log.info("Mail {} was not accepted by {}: {}", mail.id(), mail.server(), failure.getType());
                forgetAfter(mail, failure.isNonRetryable() || attempt.isLast());
                throw failure;
            } catch (OutOfMemoryError | StackOverflowError death) {
                ApplicationFailure failure = attempt.deaths().diedOf(death);
                log.warn(
                        "Mail {} could not be composed: {}",
                        mail.id(),
                        death.getClass().getSimpleName());
                forgetAfter(mail, failure.isNonRetryable() || attempt.isLast());
                throw failure;
            } catch (ActivityCompletionException ended) {
                log.info("Mail {} was cancelled", mail.id());
                forgetAfter(mail, true);
                throw ended;
            }
        }
    }

    @Override
    public void forgetAttachments(String requestId) {
        try {
            files.forget(requestId);
        } catch (IOException unreachable) {
            throw ApplicationFailure.newFailure(
                    "The attachment store could not delete what it keeps for this request ("
                            + unreachable.getClass().getSimpleName() + ")",
                    MailFailure.ATTACHMENT_MISSING);
        }
    }

    /** Composes a mail that goes nowhere: classes, templates and compiled code are there when the first one is wanted. */
    public void rehearse() {
        try (Attempt attempt = Attempt.unrecorded(clock, REHEARSAL)) {
            courier.rehearse(RehearsedMail.make(), attempt);
        }
    }

    /** What all mails use at the moment. */
    public SmtpLoad load() {
        return pool.load();
    }

    @Override
    public void close() {
        pool.close();
        clock.shutdownNow();
    }

    private Route route(Mail mail) {
        if (!mail.server().namesNone()) {
            return Route.to(mail.server());
        }
        if (operators == null) {
            throw Faults.noServer();
        }
        return Route.to(operators);
    }

    private Mail whole(Mail mail) {
        try {
            return Letters.whole(files, mail);
        } catch (IOException missing) {
            throw Faults.missing(missing);
        }
    }

    private void forgetAfter(Mail mail, boolean ended) {
        if (!mail.forget() || !ended) {
            return;
        }
        try {
            files.forget(mail.requestId());
        } catch (IOException left) {
            log.warn(
                    "What is kept for mail {} could not be deleted: {}",
                    mail.id(),
                    left.getClass().getSimpleName());
        }
    }
}
