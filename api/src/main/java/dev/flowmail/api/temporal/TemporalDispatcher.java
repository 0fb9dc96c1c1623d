package dev.flowmail.api.temporal;

import static io.temporal.api.enums.v1.ActivityIdConflictPolicy.ACTIVITY_ID_CONFLICT_POLICY_FAIL;
import static io.temporal.api.enums.v1.ActivityIdReusePolicy.ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE;
import static io.temporal.api.enums.v1.ActivityIdReusePolicy.ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY;

import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.AttachmentActivities;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Attempts;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.ActivityAlreadyStartedException;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityException;
import io.temporal.client.ActivityHandle;
import io.temporal.client.StartActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to Temporal, one call each. */
public final class TemporalDispatcher implements Dispatcher {

    /** The name of {@link MailActivities#sendMail}. */
    static final String SEND_MAIL = "SendMail";

    /** The name of {@link AttachmentActivities#fetchAttachments}. */
    static final String FETCH_ATTACHMENTS = "FetchAttachments";

    private static final Logger LOG = LoggerFactory.getLogger(TemporalDispatcher.class);
    private static final Duration ALL_ATTEMPTS = Duration.ofDays(2);
    private static final Duration DEBUG = Duration.ofSeconds(30);

    /** For Temporal to notice that a debug run's time is up, and to say so. */
    private static final Duration DEBUG_GRACE = Duration.ofSeconds(5);

    /** A moment before the run itself gives its mails up, which would look as if they were refused. */
    private static final Duration DEBUG_DECISION = Duration.ofSeconds(29);

    private static final Duration DEBUG_QUERY = Duration.ofSeconds(3);
    private static final long DEBUG_QUERY_PAUSE_MILLIS = 250;

    /** What may stand unencrypted in a search attribute: ids as Flow makes them, and nothing else that callers write. */
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final WorkflowClient workflows;
    private final ActivityClient activities;
    private final SearchAttributes attributes;
    private final Clock clock;
    private final boolean startsHere;
    private final EarlierRequests earlier;
    private final Starts starts = new Starts();
    private final Summaries summaries;

    /** @param startsHere whether this process may do a request's first task itself, which spares a way; not where versions are told apart */
    public TemporalDispatcher(
            WorkflowClient workflows,
            ActivityClient activities,
            SearchAttributes attributes,
            Clock clock,
            boolean startsHere) {
        this.workflows = workflows;
        this.activities = activities;
        this.attributes = attributes;
        this.clock = clock;
        this.startsHere = startsHere;
        this.earlier = new EarlierRequests(workflows);
        this.summaries = new Summaries(workflows.getOptions().getDataConverter());
    }

    @Override
    public Accepted send(Mail mail, Origin origin) {
        StartActivityOptions options = options(mail, origin)
                .setStartToCloseTimeout(Attempts.LONGEST_TRANSFER)
                .setHeartbeatTimeout(Attempts.HEARTBEAT)
                .setScheduleToCloseTimeout(ALL_ATTEMPTS)
                .setRetryOptions(Attempts.AGAIN)
                .build();
        Accepted accepted = handedOver(() -> {
            try {
                var ignored = start(options, mail);
                return Accepted.STARTED;
            } catch (ActivityAlreadyStartedException present) {
                return isOpen(mail.requestId()) ? Accepted.RUNNING : Accepted.ENDED;
            }
        });
        if (accepted == Accepted.STARTED && AttachmentFetch.isNeeded(mail.attachments())) {
            fetchAhead(mail, origin);
        }
        return accepted;
    }

    /** Some addresses live for minutes only. Without this the mail fetches its files itself, once a worker has time for it. */
    private void fetchAhead(Mail mail, Origin origin) {
        StartActivityOptions options = StartActivityOptions.newBuilder()
                .setId(mail.requestId() + "-files")
                .setTaskQueue(AttachmentActivities.TASK_QUEUE)
                .setIdReusePolicy(ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setIdConflictPolicy(ACTIVITY_ID_CONFLICT_POLICY_FAIL)
                .setStartToCloseTimeout(Attempts.LONGEST_TRANSFER)
                .setHeartbeatTimeout(Attempts.HEARTBEAT)
                .setScheduleToCloseTimeout(ALL_ATTEMPTS)
                .setRetryOptions(Attempts.AGAIN)
                .setTypedSearchAttributes(origin(plainId(origin.tenantId()), plainId(origin.stateId()))
                        .build())
                .setPriority(Turns.of(Urgency.PLAIN_MAIL, plainId(origin.tenantId())))
                .setSummary(summaries.of("", "files of a mail" + from(plainId(origin.stateId()))))
                .build();
        try {
            var ignored = handedOver(() -> activities.start(
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

    @Override
    public Delivery sendAndWait(Mail mail, Origin origin) throws DeliveryUnknownException {
        StartActivityOptions options = options(mail, origin)
                .setStartToCloseTimeout(DEBUG)
                .setScheduleToCloseTimeout(DEBUG)
                .setRetryOptions(Attempts.ONCE)
                .build();
        ActivityHandle<Delivery> sending = handedOver(() -> {
            try {
                return start(options, mail);
            } catch (ActivityAlreadyStartedException present) {
                return activities.getHandle(mail.requestId(), present.getRunId(), Delivery.class);
            }
        });
        return result(sending);
    }

    private ActivityHandle<Delivery> start(StartActivityOptions options, Mail mail) {
        return activities.start(SEND_MAIL, Delivery.class, options, mail);
    }

    private static Delivery result(ActivityHandle<Delivery> sending) throws DeliveryUnknownException {
        try {
            return sending.getResult(DEBUG.plus(DEBUG_GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new DeliveryUnknownException();
        } catch (ActivityException failure) {
            // anything but the mail's own failure is a time-out, or somebody's doing in Temporal's UI
            if (failure.getCause() instanceof ApplicationFailure reason) {
                throw reason;
            }
            throw new DeliveryUnknownException();
        } catch (RuntimeException failure) {
            if (TemporalCalls.isOutOfReach(failure)) {
                throw new DeliveryUnknownException();
            }
            throw failure;
        }
    }

    private StartActivityOptions.Builder options(Mail mail, Origin origin) {
        int recipients = mail.to().size() + mail.cc().size() + mail.bcc().size();
        String state = plainId(origin.stateId());
        return StartActivityOptions.newBuilder()
                .setId(mail.requestId())
                .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                .setIdReusePolicy(ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                // told apart from a first start at no further call; a repeat is success all the same
                .setIdConflictPolicy(ACTIVITY_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(
                        origin(plainId(origin.tenantId()), state).build())
                .setPriority(Turns.of(Urgency.PLAIN_MAIL, plainId(origin.tenantId())))
                .setSummary(summaries.of(mail.subject(), count(recipients, "recipient") + from(state)));
    }

    private boolean isOpen(String activityId) {
        return OpenStatus.isOpen(
                activities.getHandle(activityId, null).describe().getStatus());
    }

    @Override
    public Accepted ask(String workflowId, DecisionRequest request) {
        // what was copied for this id serves nobody where another one has the request
        return handedOver(() -> earlier.have(request) ? Accepted.ENDED : start(workflowId, request));
    }

    private Accepted start(String workflowId, DecisionRequest request) {
        DecisionWorkflow workflow = workflows.newWorkflowStub(DecisionWorkflow.class, options(workflowId, request));
        try {
            var ignored = WorkflowClient.start(workflow::run, request.withSearchAttributes(attributes.available()));
            return Accepted.STARTED;
        } catch (WorkflowExecutionAlreadyStarted present) {
            WorkflowExecutionStatus status =
                    workflows.newUntypedWorkflowStub(workflowId).describe().getStatus();
            return OpenStatus.isOpen(status) ? Accepted.RUNNING : Accepted.ENDED;
        }
    }

    private WorkflowOptions options(String workflowId, DecisionRequest request) {
        FlowReference flow = request.flow();
        String state = plainId(flow == null ? null : flow.stateId());
        String tenant = plainId(flow == null ? null : flow.tenantId());
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setDisableEagerExecution(!startsHere)
                .setTypedSearchAttributes(searchAttributes(request, tenant, state))
                .setPriority(Turns.of(Urgency.DECISION, tenant))
                .setStaticSummary(summaries.of(
                        request.subject(),
                        count(request.recipients().size(), "recipient") + ", "
                                + count(request.offered().size(), "outcome") + from(state)))
                .build();
    }

    private io.temporal.common.SearchAttributes searchAttributes(
            DecisionRequest request, @Nullable String tenant, @Nullable String state) {
        var builder = origin(tenant, state);
        set(builder, SearchAttributes.STATUS, Status.SENDING.attribute());
        set(
                builder,
                SearchAttributes.DEADLINE,
                clock.instant().plus(request.rules().timeout()).atOffset(ZoneOffset.UTC));
        return builder.build();
    }

    private io.temporal.common.SearchAttributes.Builder origin(@Nullable String tenant, @Nullable String state) {
        var builder = io.temporal.common.SearchAttributes.newBuilder();
        set(builder, SearchAttributes.TENANT, tenant);
        set(builder, SearchAttributes.STATE, state);
        return builder;
    }

    private static String from(@Nullable String state) {
        return state == null ? "" : ", flow " + state;
    }

    private <T> void set(
            io.temporal.common.SearchAttributes.Builder builder, SearchAttributeKey<T> key, @Nullable T value) {
        if (value != null && attributes.has(key)) {
            builder.set(key, value);
        }
    }

    private static @Nullable String plainId(@Nullable String id) {
        return id != null && PLAIN_ID.matcher(id).matches() ? id : null;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    @Override
    public DecisionState askAndWait(String workflowId, DecisionRequest request) throws DeliveryUnknownException {
        long deadline = System.nanoTime() + DEBUG_DECISION.toNanos();
        Accepted accepted = handedOver(() -> start(workflowId, request));
        DecisionWorkflow workflow = workflows.newWorkflowStub(DecisionWorkflow.class, workflowId);
        while (System.nanoTime() - deadline < 0) {
            DecisionState state = stateWhenSent(workflow);
            if (state != null) {
                return state;
            }
            pause();
        }
        if (accepted == Accepted.STARTED) {
            terminate(workflowId);
        }
        throw new DeliveryUnknownException();
    }

    /** Null while a mail is on its way, or nobody answers. */
    private static @Nullable DecisionState stateWhenSent(DecisionWorkflow workflow) {
        try {
            DecisionState state = TemporalCalls.within(DEBUG_QUERY, workflow::state);
            boolean isSending = state.people().stream().anyMatch(person -> person.mail() == MailStatus.SENDING);
            return isSending ? null : state;
        } catch (ProblemException | WorkflowException noAnswer) {
            return null;
        }
    }

    private static void pause() throws DeliveryUnknownException {
        try {
            TimeUnit.MILLISECONDS.sleep(DEBUG_QUERY_PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeliveryUnknownException();
        }
    }

    /** Nothing is sent later, and links in mails that arrived are dead. */
    private void terminate(String workflowId) throws DeliveryUnknownException {
        try {
            TemporalCalls.within(TemporalCalls.HAND_OVER, () -> {
                workflows.newUntypedWorkflowStub(workflowId).terminate("Debug run: 30 s are over");
                return workflowId;
            });
        } catch (ProblemException | WorkflowException failure) {
            DeliveryUnknownException unknown = new DeliveryUnknownException();
            unknown.addSuppressed(failure);
            throw unknown;
        }
    }

    private <T> T handedOver(Supplier<T> call) {
        return starts.inTurn(call);
    }
}
