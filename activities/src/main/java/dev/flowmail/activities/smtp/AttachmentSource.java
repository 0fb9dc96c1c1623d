package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Mail;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of attachments of one {@link Attachment.Location} come from. Safe for several threads. */
interface AttachmentSource {

    /** Opens an attachment from its first byte; called more than once for a mail. */
    InputStream open(Mail mail, Attachment attachment) throws IOException;

    /**
     * The attachment's size in bytes.
     *
     * @throws java.nio.file.NoSuchFileException when it is not (any more, or not yet) there
     */
    long size(Mail mail, Attachment attachment) throws IOException;
}
