package dev.flowmail.activities.attachments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Finds what kind of file it is. */
final class MimeType {

    /** How many bytes of a file's beginning tell its type. */
    static final int BEGINNING = 64 * 1024;

    private static final int MAXIMUM_LENGTH = 255;

    /** The second is what S3 calls an object whose type nobody named. */
    private static final Set<MediaType> SAYS_NOTHING =
            Set.of(MediaType.OCTET_STREAM, new MediaType("binary", "octet-stream"));

    private MimeType() {}

    /** The given type when it is one and says something, else what the file's beginning and name tell. */
    static String of(@Nullable String given, byte[] beginning, String name) {
        MediaType type = given == null || given.length() > MAXIMUM_LENGTH ? null : MediaType.parse(given);
        return type == null || SAYS_NOTHING.contains(type.getBaseType()) ? detect(beginning, name) : type.toString();
    }

    private static String detect(byte[] beginning, String name) {
        Metadata metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        try {
            return MimeTypes.getDefaultMimeTypes()
                    .detect(new ByteArrayInputStream(beginning), metadata)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
