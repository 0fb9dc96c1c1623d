package dev.flowmail.workflows.mail;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Fetches what requests need from elsewhere, on workers of its own: no mail server that hangs may hold it up. */
@ActivityInterface
public interface AttachmentActivities {

    /** Beside {@code flowmail}, and polled by the same program. */
    String TASK_QUEUE = "flowmail-files";

    /**
     * Fetches a request's attachments that lie elsewhere into its folder. Some addresses live for five minutes only, so this
     * starts as soon as the request is accepted; a mail whose file is not there yet fetches it itself. Does nothing for a
     * request that has ended. Safe to repeat.
     *
     * <p>Fails with an {@code ApplicationFailure} of one of the types in {@link MailFailure}, once all files were tried; for
     * good only when no other attempt could fetch more.
     */
    @ActivityMethod(name = "FetchAttachments")
    void fetchAttachments(AttachmentFetch fetch);
}
