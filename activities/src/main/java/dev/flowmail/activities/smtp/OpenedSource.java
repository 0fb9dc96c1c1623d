package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.Attachments.UnreadableAttachmentException;
import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a part of a mail holds, opened anew each time that it is written. One that cannot be opened says so as
 * {@link UnreadableAttachmentException}, which is told from a broken connection.
 *
 * @param name of a file; empty for a body
 * @param type the media type
 */
record OpenedSource(String name, String type, Opener opener) implements DataSource {

    /** Opens the content. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

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
