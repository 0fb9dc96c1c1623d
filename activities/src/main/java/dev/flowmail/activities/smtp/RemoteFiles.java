package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RemoteFile;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Mail;
import java.time.Duration;

/** Knows the way to attachments that were not uploaded to Flowmail. */
@FunctionalInterface
interface RemoteFiles {

    /**
     * The file of an attachment whose location is not {@code STORE}.
     *
     * @param patience for all of it
     */
    RemoteFile of(Mail mail, Attachment attachment, Duration patience);
}
