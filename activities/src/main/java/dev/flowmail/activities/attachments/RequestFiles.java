package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What requests keep of attachments and large bodies, a folder for each request. Safe for several threads. */
public interface RequestFiles {

    /**
     * Opens a file of a request for reading, decrypted.
     *
     * @throws java.nio.file.NoSuchFileException when it is not (any more, or not yet) here
     */
    InputStream open(String requestId, String file) throws IOException;

    /**
     * What a file of a request is.
     *
     * @throws java.nio.file.NoSuchFileException when it is not (any more, or not yet) here
     */
    StoredFile describe(String requestId, String file) throws IOException;

    /**
     * Keeps a file that lies elsewhere beside a request. What is there already is not fetched again: a request's mails,
     * and their repeats, carry the same bytes.
     *
     * @return the file in the request's folder; its name is what to call it in a mail
     * @throws FileTooLargeException when it is larger than one file may be; nothing was kept
     * @throws FetchFailedException for good when a web page came where something else was wanted; nothing was kept
     * @throws IOException what the remote file throws passes through; nothing was kept
     */
    StoredFile fetch(String requestId, WantedFile wanted, RemoteFile remote) throws IOException;

    /** Whether a request for which {@link AttachmentStore#expectFiles} was called has been forgotten since. */
    default boolean isForgotten(String requestId) throws IOException {
        return false;
    }

    /**
     * Keeps a file that is made of what the request has, once for all its mails; there is no limit to its size.
     *
     * @param identity what tells the file from the request's others; is not written anywhere
     * @return the file in the request's folder
     * @throws IOException what the maker throws passes through; nothing was kept
     */
    String make(String requestId, String identity, Maker maker) throws IOException;

    /** Writes a file. */
    @FunctionalInterface
    interface Maker {
        void write(OutputStream file) throws IOException;
    }

    /** Deletes a request's folder and all in it. Repeating it is harmless. */
    void forget(String requestId) throws IOException;
}
