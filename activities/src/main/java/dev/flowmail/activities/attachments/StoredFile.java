package dev.flowmail.activities.attachments;

import java.time.Instant;

/**
 * A file that the store holds.
 *
 * @param file what the store calls it: an upload's id, or its name in a request's folder; 1 to 100 of {@code [a-z0-9-]}
 * @param name what people call it: one path segment, without control characters, at most 255 characters
 * @param mimeType as given with the upload, else found from its bytes, else {@code application/octet-stream}
 * @param size in bytes, decrypted
 * @param createdAt when it was stored first
 */
public record StoredFile(String file, String name, String mimeType, long size, Instant createdAt) {

    /** What the store calls it only: people's names for files stay out of logs. */
    @Override
    public String toString() {
        return "StoredFile[" + file + "]";
    }
}
