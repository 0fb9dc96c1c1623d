package dev.flowmail.activities.attachments;

import java.io.IOException;

/** A file is larger than one file may be. Nothing of it was kept. The message does not name it: it may be logged. */
public final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1024 * KILOBYTE;
    private static final long GIGABYTE = 1024 * MEGABYTE;

    private final String name;
    private final long limit;

    /**
     * @param name as the caller gave it
     * @param limit in bytes
     */
    public FileTooLargeException(String name, long limit) {
        super("A file is larger than " + words(limit) + ", the limit for one file");
        this.name = FileName.safe(name);
        this.limit = limit;
    }

    /** The file's name, fit to be shown. */
    public String name() {
        return name;
    }

    /** A caller's name for a file, fit to be shown. */
    public static String shown(String name) {
        return FileName.safe(name);
    }

    /** The limit as people say it, e.g. {@code 25 MB}. */
    public String limit() {
        return words(limit);
    }

    /** A size as people say it: in whole gigabytes, megabytes or kilobytes of 1024, else in bytes. */
    public static String words(long bytes) {
        if (bytes % GIGABYTE == 0) {
            return bytes / GIGABYTE + " GB";
        }
        if (bytes % MEGABYTE == 0) {
            return bytes / MEGABYTE + " MB";
        }
        return bytes % KILOBYTE == 0 ? bytes / KILOBYTE + " kB" : bytes + " bytes";
    }
}
