package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Mail;
import java.io.IOException;
import java.io.InputStream;

/** Attachments in the request's folder of the attachment store. */
record StoredAttachments(RequestFiles files) implements AttachmentSource {

    @Override
    public InputStream open(Mail mail, Attachment attachment) throws IOException {
        return files.open(mail.requestId(), attachment.reference());
    }

    @Override
    public long size(Mail mail, Attachment attachment) throws IOException {
        return files.size(mail.requestId(), attachment.reference());
    }
}
