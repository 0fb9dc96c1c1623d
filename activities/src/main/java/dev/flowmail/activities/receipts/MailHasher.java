package dev.flowmail.activities.receipts;

import dev.flowmail.workflows.receipt.MailHashes;
import dev.flowmail.workflows.receipt.MailHashes.FileHash;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hashes what a reader of a mail sees: subject, bodies and files, however they are encoded on the way. */
public final class MailHasher {

    private @Nullable String text;
    private @Nullable String html;
    private final List<FileHash> files = new ArrayList<>();

    private MailHasher() {}

    /**
     * The hashes of a mail, sent or received.
     *
     * @throws MessagingException when it is no mail
     * @throws IOException when it cannot be read
     */
    public static MailHashes of(MimeMessage mail) throws MessagingException, IOException {
        MailHasher hasher = new MailHasher();
        hasher.add(mail);
        return new MailHashes(
                Hashes.of(Objects.requireNonNullElse(mail.getSubject(), "")), hasher.text, hasher.html, hasher.files);
    }

    private void add(Part part) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            if (part.getContent() instanceof Multipart parts) {
                for (int index = 0; index < parts.getCount(); index++) {
                    BodyPart inner = parts.getBodyPart(index);
                    add(inner);
                }
            }
        } else if (isFile(part)) {
            try (InputStream content = part.getInputStream()) {
                files.add(new FileHash(Hashes.of(name(part)), Hashes.of(content)));
            }
        } else if (text == null && part.isMimeType("text/plain")) {
            text = body(part);
        } else if (html == null && part.isMimeType("text/html")) {
            html = body(part);
        }
    }

    private static String body(Part part) throws MessagingException, IOException {
        String charset = new ContentType(part.getContentType()).getParameter("charset");
        try (Reader content = new BufferedReader(new InputStreamReader(
                part.getInputStream(), charset == null ? "UTF-8" : MimeUtility.javaCharset(charset)))) {
            return Hashes.ofBody(content);
        }
    }

    private static boolean isFile(Part part) throws MessagingException {
        return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    }

    private static String name(Part part) throws MessagingException, IOException {
        String name = part.getFileName();
        return name == null ? "" : MimeUtility.decodeText(name);
    }
}
