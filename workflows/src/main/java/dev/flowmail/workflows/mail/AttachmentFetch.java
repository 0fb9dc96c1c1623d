package dev.flowmail.workflows.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch for a request before its mails need it.
 *
 * @param requestId the workflow's or activity's id: names the request's folder in the attachment store
 * @param attachments the request's; those that are in the folder already are passed over
 * @param bucket where attachments of location {@code S3} are; null when there are none
 */
public record AttachmentFetch(
        String requestId,
        List<Attachment> attachments,
        @Nullable S3Bucket bucket) {

    /** Whether a request with these attachments has any that lie elsewhere. */
    public static boolean isNeeded(List<Attachment> attachments) {
        return attachments.stream().anyMatch(Attachment::isElsewhere);
    }

    /** The request only. */
    @Override
    public String toString() {
        return "AttachmentFetch[" + requestId + "]";
    }
}
