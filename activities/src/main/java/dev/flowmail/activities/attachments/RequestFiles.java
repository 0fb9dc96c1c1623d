package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;

/** What requests keep of attachments and large bodies, a folder for each request. Safe for several threads. */
public interface RequestFiles {

    /**
     * Opens a file of a request for reading, decrypted.
     *
     * @throws java.nio.file.NoSuchFileException when it is not (any more, or not yet) here
     */
    InputStream open(String requestId, String file) throws IOException;

    /** The file's size in bytes, decrypted. */
    long size(String requestId, String file) throws IOException;

    /** Deletes a request's folder and all in it. Repeating it is harmless. */
    void forget(String requestId) throws IOException;
}
