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

    /** Takes a file that arrives. */
    @FunctionalInterface
    interface Receiver {

        /**
         * Reads the bytes to their end.
         *
         * @param mimeType as its place has it; null when that says nothing
         * @param size in bytes, as far as it is known beforehand; else -1
         * @param bytes need not be closed
         */
        void receive(@Nullable String mimeType, long size, InputStream bytes) throws IOException;
    }
}
