package dev.flowmail.api.metrics;

import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** {@code flowmail.mails}: attempts to send a mail, by what the mail is for and what became of the attempt. */
final class MailMeters {

    /** {@link MailFailure}'s types, and the rest. */
    enum Result {
        SENT,
        REFUSED,
        AUTHENTICATION,
        TLS,
        UNAVAILABLE,
        UNCONFIRMED,
        NETWORK_REFUSED,
        ATTACHMENT_MISSING,
        ATTACHMENT_REFUSED,
        BODY_REFUSED,
        CALLED_OFF,
        FAILED
    }

    private final Counters<Result> plain;
    private final Counters<Result> decision;
    private final Counters<Result> reminder;

    MailMeters(MeterRegistry registry) {
        plain = counters(registry, "plain");
        decision = counters(registry, "decision");
        reminder = counters(registry, "reminder");
    }

    private static Counters<Result> counters(MeterRegistry registry, String kind) {
        return new Counters<>(
                registry, "flowmail.mails", "Attempts to send a mail", Tags.of("kind", kind), "result", Result.class);
    }

    /** @param failure null when the mail was sent */
    void count(Mail mail, @Nullable Throwable failure) {
        counters(mail).count(failure == null ? Result.SENT : result(failure));
    }

    private Counters<Result> counters(Mail mail) {
        if (mail.question() == null) {
            return plain;
        }
        return mail.question().reminder() == 0 ? decision : reminder;
    }

    private static Result result(Throwable failure) {
        if (failure instanceof ActivityCompletionException) {
            return Result.CALLED_OFF;
        }
        if (!(failure instanceof ApplicationFailure application)) {
            return Result.FAILED;
        }
        return switch (application.getType()) {
            case MailFailure.SMTP_REFUSED -> Result.REFUSED;
            case MailFailure.SMTP_AUTHENTICATION -> Result.AUTHENTICATION;
            case MailFailure.SMTP_TLS -> Result.TLS;
            case MailFailure.SMTP_UNAVAILABLE -> Result.UNAVAILABLE;
            case MailFailure.SMTP_UNCONFIRMED -> Result.UNCONFIRMED;
            case MailFailure.NETWORK_REFUSED -> Result.NETWORK_REFUSED;
            case MailFailure.ATTACHMENT_MISSING -> Result.ATTACHMENT_MISSING;
            case MailFailure.ATTACHMENT_REFUSED -> Result.ATTACHMENT_REFUSED;
            case MailFailure.BODY_REFUSED -> Result.BODY_REFUSED;
            default -> Result.FAILED;
        };
    }
}
