package dev.flowmail.activities.attachments;

import java.io.IOException;

/** The attachment store cannot be reached or written, e.g. a full or read-only disk. Nothing was kept; worth another attempt. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(IOException cause) {
        super("The attachment store cannot be used: " + cause, cause);
    }
}
