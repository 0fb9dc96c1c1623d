package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;

/** Makes body parts of attachments; their bytes are read when the mail is written, never held. */
final class Attachments {
    private final Map<Location, AttachmentSource> sources;
    private final Tika tika = new Tika();

    Attachments(Map<Location, AttachmentSource> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** An attachment ready to be written, and its size in bytes before encoding. */
    record Attached(MimeBodyPart part, long size) {}

    /**
     * Makes the body part of one attachment.
     *
     * @throws ApplicationFailure when its bytes are not to be had
     */
    Attached attach(Mail mail, Attachment attachment) throws MessagingException {
        AttachmentSource source = sources.get(attachment.location());
        if (source == null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "An attachment is no upload to Flowmail; upload the file before it is sent",
                    MailFailure.ATTACHMENT_MISSING);
        }
        String name = fileName(attachment);
        try {
            long size = source.size(mail, attachment);
            ContentType type = contentType(mail, attachment, source, name);
            type.setParameterList(with(type.getParameterList(), "name", name));
            ContentDisposition disposition = new ContentDisposition(Part.ATTACHMENT);
            disposition.setParameterList(with(null, "filename", name));
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(
                    new DataHandler(new Bytes(name, type.getBaseType(), () -> source.open(mail, attachment))));
            part.setHeader("Content-Type", type.toString());
            part.setHeader("Content-Disposition", disposition.toString());
            part.setHeader("Content-Transfer-Encoding", "base64");
            return new Attached(part, size);
        } catch (IOException missing) {
            throw Faults.missing(missing);
        }
    }

    private static String fileName(Attachment attachment) {
        String name =
                HostileText.neutralise(attachment.name()).replace('/', '_').replace('\\', '_');
        return name.isEmpty() ? "attachment" : name;
    }

    private static ParameterList with(@Nullable ParameterList given, String parameter, String name) {
        ParameterList parameters = given == null ? new ParameterList() : given;
        LongParameter.set(parameters, parameter, name);
        return parameters;
    }

    private ContentType contentType(Mail mail, Attachment attachment, AttachmentSource source, String name)
            throws IOException {
        ContentType given = parse(attachment.mimeType());
        if (given != null) {
            return given;
        }
        try (InputStream bytes = source.open(mail, attachment)) {
            ContentType found = parse(tika.detect(bytes, name));
            return found == null ? unknownType() : found;
        }
    }

    private static @Nullable ContentType parse(@Nullable String mimeType) {
        if (mimeType == null || mimeType.isBlank()) {
            return null;
        }
        try {
            ContentType type = new ContentType(HostileText.neutralise(mimeType));
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

    /** Opens the bytes anew. */
    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private record Bytes(String name, String type, Opener opener) implements DataSource {

        @Override
        public InputStream getInputStream() throws IOException {
            try {
                return opener.open();
            } catch (IOException unreadable) {
                throw new UnreadableAttachmentException(unreadable);
            }
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public String getName() {
            return name;
        }
    }

    /** An attachment could not be read: no fault of the mail server's. */
    static final class UnreadableAttachmentException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableAttachmentException(IOException cause) {
            super(cause);
        }
    }
}
