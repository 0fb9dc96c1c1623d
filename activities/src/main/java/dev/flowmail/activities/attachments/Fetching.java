package dev.flowmail.activities.attachments;

import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.S3Bucket;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.io.input.ProxyInputStream;
import org.jspecify.annotations.Nullable;

/** Fetches attachments that lie elsewhere into their request's folder, each once for a request. */
public final class Fetching {

    /** One attempt at one file. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private final RequestFiles files;
    private final RemoteFiles remote;

    public Fetching(RequestFiles files, Downloads downloads, Buckets buckets) {
        this(
                files,
                (attachment, bucket, patience) -> bucket != null && attachment.location() == Location.S3
                        ? buckets.file(bucket, attachment.reference(), patience)
                        : downloads.file(attachment.reference(), patience));
    }

    public Fetching(RequestFiles files, RemoteFiles remote) {
        this.files = files;
        this.remote = remote;
    }

    /**
     * Fetches a file, unless it is there.
     *
     * @param patience for all of it
     * @param throwIfCancelled asked while the file arrives
     */
    public StoredFile fetch(
            String requestId,
            Attachment attachment,
            @Nullable S3Bucket bucket,
            Duration patience,
            Runnable throwIfCancelled)
            throws IOException {
        WantedFile wanted = new WantedFile(
                identity(bucket, attachment),
                attachment.name(),
                !Boolean.TRUE.equals(attachment.nameGuessed()),
                attachment.mimeType());
        return files.fetch(requestId, wanted, receiver -> {
            throwIfCancelled.run();
            remote.of(attachment, bucket, patience)
                    .fetch((head, bytes) -> receiver.receive(head, new Watched(bytes, throwIfCancelled)));
        });
    }

    /** A request has one bucket only; but a repeat may name another. */
    private static String identity(@Nullable S3Bucket bucket, Attachment attachment) {
        String place = bucket == null || attachment.location() != Location.S3
                ? ""
                : bucket.endpoint() + " " + bucket.region() + " " + bucket.bucket();
        return attachment.location() + " " + place + " " + attachment.reference();
    }

    /**
     * Why a file is not to be had, in words for an operator; empty where the store is to blame.
     *
     * @param index in the mail's list of attachments, from 0
     */
    public static Optional<ApplicationFailure> failure(int index, IOException failure) {
        String label = label(index);
        if (failure instanceof FetchFailedException failed) {
            String message = label + ": " + failed.getMessage();
            return Optional.of(
                    failed.isFinal()
                            ? ApplicationFailure.newNonRetryableFailure(message, MailFailure.ATTACHMENT_REFUSED)
                            : ApplicationFailure.newFailure(message, MailFailure.ATTACHMENT_MISSING));
        }
        if (failure instanceof AddressRefusedException refused) {
            return Optional.of(ApplicationFailure.newNonRetryableFailure(
                    label + ": " + refused.getMessage(), MailFailure.NETWORK_REFUSED));
        }
        if (failure instanceof FileTooLargeException tooLarge) {
            return Optional.of(ApplicationFailure.newNonRetryableFailure(
                    label + " is larger than " + tooLarge.limit() + ", the limit for one file",
                    MailFailure.ATTACHMENT_REFUSED));
        }
        return Optional.empty();
    }

    /** What a file is called in messages: names are not for logs. */
    public static String label(int index) {
        return "Attachments, file " + (index + 1);
    }

    /** A file that arrives, and for nobody once the attempt was cancelled. */
    private static final class Watched extends ProxyInputStream {
        private final Runnable throwIfCancelled;

        Watched(InputStream bytes, Runnable throwIfCancelled) {
            super(bytes);
            this.throwIfCancelled = throwIfCancelled;
        }

        @Override
        protected void beforeRead(int length) {
            throwIfCancelled.run();
        }
    }
}
