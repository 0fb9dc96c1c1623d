package dev.flowmail.activities.attachments;

import java.io.IOException;

/** A file is larger than one file may be. Nothing of it was kept. The message does not name it: it may be logged. */
public final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long limit;

    /**
     * @param name as the caller gave it
     * @param limit in bytes
     */
    public FileTooLargeException(String name, long limit) {
        super("A file is larger than " + limit + " bytes, the limit for one file");
        this.name = FileName.safe(name);
        this.limit = limit;
    }

    /** The file's name, fit to be shown. */
    public String name() {
        return name;
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }
}
