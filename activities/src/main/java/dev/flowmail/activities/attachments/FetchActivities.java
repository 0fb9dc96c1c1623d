package dev.flowmail.activities.attachments;

import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.AttachmentActivities;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches requests' files from elsewhere as soon as they are accepted. Safe for several threads. */
public final class FetchActivities implements AttachmentActivities {

    /** Of one request, so that one slow place does not let the addresses of the others expire. */
    private static final int AT_ONCE = 5;

    private static final Duration HEARTBEATS = Duration.ofSeconds(10);

    private final RequestFiles files;
    private final Fetching fetching;

    public FetchActivities(RequestFiles files, Fetching fetching) {
        this.files = files;
        this.fetching = fetching;
    }

    @Override
    public void fetchAttachments(AttachmentFetch fetch) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Optional<ApplicationFailure>>> fetches = new ArrayList<>();
            for (int index = 0; index < fetch.attachments().size(); index++) {
                int which = index;
                if (fetch.attachments().get(index).location() != Location.STORE) {
                    fetches.add(threads.submit(() -> fetch(fetch, which)));
                }
            }
            report(await(fetches, Activity.getExecutionContext()));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Empty when the file is there, or nobody wants it any more. */
    private Optional<ApplicationFailure> fetch(AttachmentFetch fetch, int index) {
        Attachment attachment = fetch.attachments().get(index);
        try {
            if (files.isForgotten(fetch.requestId())) {
                return Optional.empty();
            }
            fetching.fetch(
                    fetch.requestId(), attachment, fetch.bucket(), Fetching.LONGEST, FetchActivities::throwIfStopped);
            if (files.isForgotten(fetch.requestId())) {
                // it ended meanwhile, and nobody would forget what came after
                files.forget(fetch.requestId());
            }
            return Optional.empty();
        } catch (IOException failure) {
            return Fetching.failure(index, failure)
                    .or(() -> Optional.of(ApplicationFailure.newFailure(
                            Fetching.label(index) + ": the attachment store cannot be used ("
                                    + failure.getClass().getSimpleName() + ")",
                            MailFailure.ATTACHMENT_MISSING)));
        }
    }

    private static void throwIfStopped() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StoppedException();
        }
    }

    private static List<ApplicationFailure> await(
            List<Future<Optional<ApplicationFailure>>> fetches, ActivityExecutionContext context) {
        List<ApplicationFailure> failures = new ArrayList<>();
        for (Future<Optional<ApplicationFailure>> fetch : fetches) {
            await(fetch, context).ifPresent(failures::add);
        }
        return failures;
    }

    private static Optional<ApplicationFailure> await(
            Future<Optional<ApplicationFailure>> fetch, ActivityExecutionContext context) {
        while (true) {
            heartbeat(context);
            try {
                return fetch.get(HEARTBEATS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException later) {
                // it still arrives
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            } catch (ExecutionException bug) {
                throw new IllegalStateException(bug.getCause());
            }
        }
    }

    /**
     * Tells Temporal that this is alive.
     *
     * @throws ActivityCompletionException when the request has ended or was cancelled
     */
    private static void heartbeat(ActivityExecutionContext context) {
        try {
            context.heartbeat(null);
        } catch (ActivityWorkerShutdownException drains) {
            // the worker waits for what runs
        }
    }

    /** One that another attempt may do without goes before those that are final. */
    private static void report(List<ApplicationFailure> failures) {
        failures.stream()
                .filter(failure -> !failure.isNonRetryable())
                .findFirst()
                .or(() -> failures.stream().findFirst())
                .ifPresent(failure -> {
                    throw failure;
                });
    }

    /** The attempt is over; another may follow. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
