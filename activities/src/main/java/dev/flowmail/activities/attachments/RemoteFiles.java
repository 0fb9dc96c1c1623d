package dev.flowmail.activities.attachments;

import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.S3Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Knows the way to attachments that were not uploaded to Flowmail. */
@FunctionalInterface
public interface RemoteFiles {

    /**
     * The file of an attachment whose location is not {@code STORE}.
     *
     * @param patience for all of it
     */
    RemoteFile of(Attachment attachment, @Nullable S3Bucket bucket, Duration patience);
}
