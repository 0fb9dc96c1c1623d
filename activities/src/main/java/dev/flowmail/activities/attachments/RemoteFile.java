package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file that lies elsewhere, at a place that a caller names. */
@FunctionalInterface
public interface RemoteFile {

    /**
     * Fetches the file once, and hands it over while it arrives.
     *
     * @throws FetchFailedException when it is not to be had, for good or for now
     * @throws dev.flowmail.activities.network.NetworkGuard.AddressRefusedException when its host may not be dialled: final
     * @throws IOException what the receiver throws passes through
     */
    void fetch(Receiver receiver) throws IOException;

    /**
     * What its place says about a file.
     *
     * @param place who hands it over, for messages: a host's name at most
     * @param mimeType null when the place says nothing
     * @param disposition the {@code Content-Disposition} (RFC 6266) as it came; null when there is none
     * @param size in bytes, as far as it is known beforehand; else -1
     */
    record Head(
            String place,
            @Nullable String mimeType,
            @Nullable String disposition,
            long size) {}

    /** Takes a file that arrives. */
    @FunctionalInterface
    interface Receiver {

        /**
         * Reads the bytes to their end.
         *
         * @param bytes need not be closed
         */
        void receive(Head head, InputStream bytes) throws IOException;
    }
}
