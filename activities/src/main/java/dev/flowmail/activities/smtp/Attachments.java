package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.templates.HostileText;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes body parts of attachments; their bytes are read when the mail is written, never held. What lies elsewhere is
 * fetched into the request's folder first, once for a request.
 */
final class Attachments {
    /** Far longer than any that is in use; it stands on one line. */
    private static final int LONGEST_TYPE = 200;

    private final RequestFiles files;
    private final Fetching fetching;

    Attachments(RequestFiles files, Fetching fetching) {
        this.files = files;
        this.fetching = fetching;
    }

    /** An attachment ready to be written, and its size in bytes before encoding. */
    record Attached(MimeBodyPart part, long size) {}

    /**
     * Makes the body part of one attachment.
     *
     * @param index in the mail's list of attachments, from 0
     * @throws ApplicationFailure when its bytes are not to be had
     */
    Attached attach(Mail mail, int index, Attempt attempt) throws MessagingException {
        Attachment attachment = mail.attachments().get(index);
        StoredFile file = file(mail, index, attempt);
        String name = fileName(attachment.location() == Location.STORE ? attachment.name() : file.name());
        ContentType type = contentType(attachment, file);
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(
                new OpenedSource(name, type.getBaseType(), () -> files.open(mail.requestId(), file.file()))));
        part.setHeader("Content-Type", FileNameParameter.inContentType(type, name));
        part.setHeader("Content-Disposition", FileNameParameter.inDisposition(Part.ATTACHMENT, name));
        part.setHeader("Content-Transfer-Encoding", "base64");
        return new Attached(part, file.size());
    }

    /**
     * Refuses a mail whose files are too much together. Of those that lie elsewhere nobody knew it before.
     *
     * @param total bytes of the files up to this one
     * @param index from 0
     */
    static void requireRoom(long total, int index) {
        if (total > AttachmentStore.LARGEST_TOTAL) {
            throw ApplicationFailure.newNonRetryableFailure(
                    Fetching.label(index) + ": with it the files hold more than "
                            + FileTooLargeException.words(AttachmentStore.LARGEST_TOTAL)
                            + ", which is what one mail may carry",
                    MailFailure.ATTACHMENT_REFUSED);
        }
    }

    private StoredFile file(Mail mail, int index, Attempt attempt) {
        Attachment attachment = mail.attachments().get(index);
        try {
            return attachment.location() == Location.STORE
                    ? files.describe(mail.requestId(), attachment.reference())
                    : fetching.fetch(
                            mail.requestId(),
                            attachment,
                            mail.bucket(),
                            Duration.ofMillis(attempt.millis(Fetching.LONGEST)),
                            attempt::throwIfCancelled);
        } catch (IOException missing) {
            throw Fetching.failure(index, missing).orElseGet(() -> Faults.missing(missing));
        }
    }

    private static String fileName(String given) {
        String name = HostileText.neutralise(given).replace('/', '_').replace('\\', '_');
        return name.isEmpty() ? "attachment" : name;
    }

    private static ContentType contentType(Attachment attachment, StoredFile file) {
        ContentType given = parse(attachment.mimeType());
        if (given != null) {
            return given;
        }
        ContentType found = parse(file.mimeType());
        return found == null ? unknownType() : found;
    }

    private static @Nullable ContentType parse(@Nullable String mimeType) {
        if (mimeType == null || mimeType.isBlank()) {
            return null;
        }
        try {
            ContentType type = new ContentType(HostileText.neutralise(mimeType));
            if (type.toString().length() > LONGEST_TYPE) {
                return null;
            }
            String kind = type.getPrimaryType().toLowerCase(Locale.ROOT);
            // these may not be base64 (RFC 2046, section 5), which alone keeps every byte
            return kind.equals("message") || kind.equals("multipart") ? unknownType() : type;
        } catch (ParseException notAType) {
            return null;
        }
    }

    private static ContentType unknownType() {
        return new ContentType("application", "octet-stream", null);
    }

    /** An attachment could not be read: no fault of the mail server's. */
    static final class UnreadableAttachmentException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableAttachmentException(IOException cause) {
            super(cause);
        }
    }
}
