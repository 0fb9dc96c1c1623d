package dev.flowmail.api.temporal;

import static io.temporal.api.enums.v1.ActivityIdConflictPolicy.ACTIVITY_ID_CONFLICT_POLICY_FAIL;
import static io.temporal.api.enums.v1.ActivityIdReusePolicy.ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE;
import static io.temporal.api.enums.v1.ActivityIdReusePolicy.ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY;

import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.mail.AttachmentActivities;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.mail.Retries;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.client.ActivityAlreadyStartedException;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityHandle;
import io.temporal.client.StartActivityOptions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts plain sends: an activity of its own each. */
final class MailStarts {

    /** The name of {@link MailActivities#sendMail}. */
    static final String SEND_MAIL = "SendMail";

    /** The name of {@link AttachmentActivities#fetchAttachments}. */
    static final String FETCH_ATTACHMENTS = "FetchAttachments";

    private static final Logger LOG = LoggerFactory.getLogger(MailStarts.class);

    private final ActivityClient activities;
    private final Labels labels;
    private final Starts starts;

    MailStarts(ActivityClient activities, Labels labels, Starts starts) {
        this.activities = activities;
        this.labels = labels;
        this.starts = starts;
    }

    Accepted send(Mail mail, Origin origin) {
        StartActivityOptions options = options(mail, origin)
                .setStartToCloseTimeout(Retries.LONGEST_TRANSFER)
                .setHeartbeatTimeout(Retries.HEARTBEAT)
                .setScheduleToCloseTimeout(Retries.PLAIN_MAIL)
                .setRetryOptions(Retries.AGAIN)
                .build();
        Accepted accepted = starts.inTurn(options.getPriority(), () -> {
            try {
                var ignored = start(options, mail);
                return Accepted.STARTED;
            } catch (ActivityAlreadyStartedException present) {
                return OpenStatus.isOpen(activities, mail.requestId()) ? Accepted.RUNNING : Accepted.ENDED;
            }
        });
        if (accepted == Accepted.STARTED && AttachmentFetch.isNeeded(mail.attachments())) {
            fetchAhead(mail, origin);
        }
        return accepted;
    }

    /** The send with one attempt, which must end in so long; the one that runs already, where there is one. */
    ActivityHandle<Delivery> sendOnce(Mail mail, Origin origin, Duration limit) {
        StartActivityOptions options = options(mail, origin)
                .setStartToCloseTimeout(limit)
                .setScheduleToCloseTimeout(limit)
                .setRetryOptions(Retries.ONCE)
                .build();
        return starts.inTurn(options.getPriority(), () -> {
            try {
                return start(options, mail);
            } catch (ActivityAlreadyStartedException present) {
                return activities.getHandle(mail.requestId(), present.getRunId(), Delivery.class);
            }
        });
    }

    /** Some addresses live for minutes only. Without this the mail fetches its files itself, once a worker has time for it. */
    private void fetchAhead(Mail mail, Origin origin) {
        Labels.Labelled label = labels.of(origin);
        StartActivityOptions options = StartActivityOptions.newBuilder()
                .setId(mail.requestId() + "-files")
                .setTaskQueue(AttachmentActivities.TASK_QUEUE)
                .setIdReusePolicy(ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setIdConflictPolicy(ACTIVITY_ID_CONFLICT_POLICY_FAIL)
                .setStartToCloseTimeout(Retries.LONGEST_TRANSFER)
                .setHeartbeatTimeout(Retries.HEARTBEAT)
                .setScheduleToCloseTimeout(Retries.PLAIN_MAIL)
                .setRetryOptions(Retries.AGAIN)
                .setTypedSearchAttributes(label.searchAttributes().build())
                .setPriority(label.turn(Urgency.PLAIN_MAIL))
                .setSummary(label.summary("", "files of a mail"))
                .build();
        try {
            var ignored = starts.inTurn(
                    options.getPriority(),
                    () -> activities.start(
                            FETCH_ATTACHMENTS,
                            Void.class,
                            options,
                            new AttachmentFetch(mail.requestId(), mail.attachments(), mail.bucket())));
        } catch (ActivityAlreadyStartedException earlier) {
            // an earlier send of the same mail failed before its files were there
        } catch (ProblemException unreachable) {
            LOG.warn("The files of {} are fetched when it is sent: Temporal cannot be reached", mail.requestId());
        }
    }

    private ActivityHandle<Delivery> start(StartActivityOptions options, Mail mail) {
        return activities.start(SEND_MAIL, Delivery.class, options, mail);
    }

    private StartActivityOptions.Builder options(Mail mail, Origin origin) {
        int recipients = mail.to().size() + mail.cc().size() + mail.bcc().size();
        Labels.Labelled label = labels.of(origin);
        return StartActivityOptions.newBuilder()
                .setId(mail.requestId())
                .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                .setIdReusePolicy(ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                // told apart from a first start at no further call; a repeat is success all the same
                .setIdConflictPolicy(ACTIVITY_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(label.searchAttributes().build())
                .setPriority(label.turn(Urgency.PLAIN_MAIL))
                .setSummary(label.summary(mail.subject(), Labels.count(recipients, "recipient")));
    }
}
