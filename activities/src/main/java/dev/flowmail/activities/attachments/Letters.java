package dev.flowmail.activities.attachments;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.workflows.mail.Letter;
import dev.flowmail.workflows.mail.Mail;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Keeps what all mails of a request share beside it, and gives it back to each. */
public final class Letters {

    private Letters() {}

    /** The file in the request's folder, the same for the same letter. */
    public static String keep(AttachmentStore store, String requestId, Letter letter) throws IOException {
        return store.keepText(requestId, "letter", FlowJson.mapper().writeValueAsString(letter));
    }

    /** A mail with all that belongs to it. */
    public static Mail whole(RequestFiles files, Mail mail) throws IOException {
        Optional<String> letter = mail.letter();
        return letter.isEmpty() ? mail : mail.with(read(files, mail.requestId(), letter.get()));
    }

    private static Letter read(RequestFiles files, String requestId, String file) throws IOException {
        try (InputStream bytes = files.open(requestId, file)) {
            return FlowJson.mapper().readValue(bytes, Letter.class);
        } catch (JacksonException unreadable) {
            throw new IOException("The letter cannot be read", unreadable);
        }
    }
}
