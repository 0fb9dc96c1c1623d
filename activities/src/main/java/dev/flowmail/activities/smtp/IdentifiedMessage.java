package dev.flowmail.activities.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** A message that keeps its Message-ID. */
final class IdentifiedMessage extends SMTPMessage {
    private final String id;

    IdentifiedMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    /** Called by {@code saveChanges()}, which would replace the id on every attempt. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
