package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.mail.AttachmentActivities;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.mail.Retries;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** What a request keeps in the attachment store: fetched as soon as it is accepted, forgotten when it ends. */
final class Files {

    private static final Duration FORGETTING = Duration.ofMinutes(10);

    private final DecisionRequest request;

    Files(DecisionRequest request) {
        this.request = request;
    }

    /** Begins to fetch, until the scope is cancelled. What it cannot fetch is for the mails, which try themselves and fail as they must. */
    CancellationScope fetch() {
        boolean isNeeded = !request.debug()
                && AttachmentFetch.isNeeded(request.attachments())
                && Workflow.getVersion("fetch-attachments", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> {
            if (isNeeded) {
                AttachmentFetch files = new AttachmentFetch(Run.id(), request.attachments(), request.bucket());
                Async.procedure(fetching()::fetchAttachments, files).handle((nothing, failure) -> null);
            }
        });
        scope.run();
        return scope;
    }

    private AttachmentActivities fetching() {
        return Workflow.newActivityStub(
                AttachmentActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(AttachmentActivities.TASK_QUEUE)
                        .setScheduleToCloseTimeout(request.rules().timeout())
                        .setStartToCloseTimeout(Retries.LONGEST_TRANSFER)
                        .setHeartbeatTimeout(Retries.HEARTBEAT)
                        .setRetryOptions(Retries.AGAIN)
                        .setSummary("files")
                        .build());
    }

    /** Begins to forget what was kept for the request; empty where nothing was. */
    Optional<Promise<Void>> forget() {
        if (!request.storesContent()) {
            return Optional.empty();
        }
        MailActivities activities = Workflow.newActivityStub(
                MailActivities.class,
                ActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(FORGETTING)
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .build());
        return Optional.of(Async.procedure(activities::forgetAttachments, Run.id()));
    }

    static void awaitForgotten(Promise<Void> forgetting) {
        try {
            forgetting.get();
        } catch (ActivityFailure failure) {
            // What stays behind is swept later; Flow's answer must not hang on it.
            Workflow.getLogger(DecisionWorkflowImpl.class).warn("Stored content was not forgotten");
        }
    }
}
