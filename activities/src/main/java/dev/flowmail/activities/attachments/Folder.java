package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Files by their names, on a disk or in S3: what the {@link AttachmentStore} needs of a store. A folder exists once it is
 * written to, and a file has its name only once all of it is there. Names are checked by the caller. Safe for several
 * threads and processes.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store does not do its part.
 */
interface Folder {

    /** How the names of unfinished files end, where there are any. */
    String UNFINISHED = ".part";

    /** A folder in this one. */
    Folder folder(String name);

    /** What a file is filled with. */
    @FunctionalInterface
    interface Filling {
        /** Writes everything; closing the file is allowed. */
        void fill(OutputStream file) throws IOException;
    }

    /** A file opened for reading. Closing it early is cheap. */
    record Opened(InputStream bytes, long length) {}

    /** Writes a file, or none: it is safe once this returns. The filling's own exceptions pass through. */
    void write(String name, Instant lastUse, Filling filling) throws IOException;

    boolean contains(String name) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    Opened open(String name) throws IOException;

    /**
     * Gives a file to another folder of the same store as well, without its bytes passing through here where the store can
     * do that. False when there is none.
     */
    boolean share(String name, Folder other) throws IOException;

    /** When a file was used last; empty when there is none. */
    Optional<Instant> lastUse(String name) throws IOException;

    /** Notes a use of a file, if there is one. */
    void use(String name, Instant now) throws IOException;

    /**
     * What is in a folder.
     *
     * @param lastUse when it was changed or used last
     * @param size of a file as it is stored, in bytes
     */
    record Entry(Instant lastUse, long size) {}

    /** Whether a life that began with the last use has ended. */
    static boolean isOver(Instant lastUse, Duration life, Instant now) {
        return !now.isBefore(lastUse.plus(life));
    }

    /** What is in this folder by its name; nothing when there is no such folder. */
    Map<String, Entry> entries() throws IOException;

    /** Deletes a file, if there is one. */
    void delete(String name) throws IOException;

    /** Deletes this folder with its files, if there is one. */
    void delete() throws IOException;
}
