package dev.flowmail.simulator.inbox;

import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a mail is made of, however deep its parts lie. */
final class MailParts {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<AttachedFile> files = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    private MailParts() {}

    static MailParts of(Part mail) throws MessagingException, IOException {
        MailParts parts = new MailParts();
        parts.sort(mail);
        return parts;
    }

    /** The plain text; empty when there is none. */
    String text() {
        return text.toString();
    }

    /** The HTML; empty when there is none. */
    String html() {
        return html.toString();
    }

    /** In order. */
    List<AttachedFile> files() {
        return List.copyOf(files);
    }

    /** The bytes of one of the files, by its index among them. */
    byte[] content(int index) {
        return contents.get(index);
    }

    private void sort(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                sort(parts.getBodyPart(i));
            }
        } else if (part.getFileName() != null || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            String name = part.getFileName() == null ? "" : MimeUtility.decodeText(part.getFileName());
            String type = part.getContentType().replaceFirst(";[\\s\\S]*", "");
            byte[] content = part.getInputStream().readAllBytes();
            files.add(AttachedFile.of(name, type, content));
            contents.add(content);
        } else if (part.isMimeType("text/html")) {
            html.append((String) part.getContent());
        } else if (part.isMimeType("text/plain")) {
            text.append((String) part.getContent());
        }
    }
}
