package dev.flowmail.activities.attachments;

import java.io.IOException;

/** A file is larger than one file may be. Nothing of it was kept. */
public final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    public FileTooLargeException(long limit) {
        super("The file is larger than " + limit + " bytes, the limit for one file");
        this.limit = limit;
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }
}
