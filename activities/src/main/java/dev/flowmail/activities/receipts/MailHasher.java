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

    /** Ours are four deep; what stands around them on the way (a list's footer, a signature) is some more. */
    private static final int DEEPEST = 20;

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
        hasher.add(mail, 0);
        return new MailHashes(
                Hashes.of(Objects.requireNonNullElse(mail.getSubject(), "")), hasher.text, hasher.html, hasher.files);
    }

    private void add(Part part, int depth) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            if (depth == DEEPEST) {
                throw new MessagingException("Its parts lie deeper within each other than those of any mail of ours");
            }
            if (part.getContent() instanceof Multipart parts) {
                for (int index = 0; index < parts.getCount(); index++) {
                    BodyPart inner = parts.getBodyPart(index);
                    add(inner, depth + 1);
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
