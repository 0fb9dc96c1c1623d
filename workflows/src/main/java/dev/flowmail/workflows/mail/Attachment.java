package dev.flowmail.workflows.mail;

import org.jspecify.annotations.Nullable;

/**
 * A reference to an attachment's bytes, which are never part of a history.
 *
 * @param name the file's name as the recipient sees it
 * @param mimeType null when it has to be found from the bytes
 * @param location where the bytes are
 * @param reference for {@code STORE} and {@code LETTER} the file's name in the request's folder, for {@code DOWNLOAD} an absolute http(s)
 *     address, for {@code S3} the object key in the mail's bucket
 * @param nameGuessed whether the caller gave no name: what the file's place calls it then goes before; null for false
 */
public record Attachment(
        String name,
        @Nullable String mimeType,
        Location location,
        String reference,
        @Nullable Boolean nameGuessed) {

    /** A file with the name that the caller gave it, or that it was uploaded with. */
    public Attachment(String name, @Nullable String mimeType, Location location, String reference) {
        this(name, mimeType, location, reference, null);
    }

    /** The place of a mail's letter. */
    public static Attachment letter(String file) {
        return new Attachment("letter", null, Location.LETTER, file);
    }

    /** Whether its bytes have to be fetched before they can be mailed. */
    boolean isElsewhere() {
        return location == Location.DOWNLOAD || location == Location.S3;
    }

    /** Where an attachment's bytes are. */
    public enum Location {
        /** In the request's folder of the attachment store. */
        STORE,
        /** Behind a {@code Download Uri}. */
        DOWNLOAD,
        /** In the S3 bucket that the connector's configuration values name. */
        S3,
        /**
         * No file but the mail's {@link Letter}, in the request's folder. It stands alone; and a worker of an earlier version,
         * which does not know it, leaves the mail to one that does.
         */
        LETTER
    }

    /** The location only: names and addresses stay out of logs. */
    @Override
    public String toString() {
        return "Attachment[" + location + "]";
    }
}
