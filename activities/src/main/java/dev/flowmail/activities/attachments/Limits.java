package dev.flowmail.activities.attachments;

/**
 * How much the store takes, in bytes.
 *
 * @param file of one file that is uploaded or fetched
 * @param tenant of all uploads of one tenant that are there at a time, those without a tenant being one's
 * @param store of all uploads that are there at a time
 */
public record Limits(long file, long tenant, long store) {

    /** So much for one file, and any number of them. */
    public static Limits ofFile(long file) {
        return new Limits(file, Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
