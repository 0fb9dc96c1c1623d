package dev.flowmail.activities.attachments;

import java.io.IOException;

/** The attachment store cannot be reached or written, e.g. a full or read-only disk. Nothing was kept; worth another attempt. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(IOException cause) {
        super("The attachment store cannot be used: " + words(cause), cause);
    }

    /** The file system's exceptions say what is wrong by their names. */
    private static String words(IOException cause) {
        return cause.getClass() == IOException.class ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
