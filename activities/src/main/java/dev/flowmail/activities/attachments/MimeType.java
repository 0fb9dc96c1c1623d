package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
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
        MediaType type = saysNothing(given) ? null : MediaType.parse(given);
        return type == null ? detect(beginning, name) : type.toString();
    }

    /** Whether a type tells anything about a file. */
    static boolean saysNothing(@Nullable String type) {
        MediaType parsed = type == null || type.length() > MAXIMUM_LENGTH ? null : MediaType.parse(type);
        return parsed == null || SAYS_NOTHING.contains(parsed.getBaseType());
    }

    /** A type without its parameters, in small letters. */
    static String base(String type) {
        MediaType parsed = MediaType.parse(type);
        return parsed == null ? "" : parsed.getBaseType().toString();
    }

    /** What a file's beginning tells of its type. */
    static String ofBytes(byte[] beginning) {
        return detect(beginning, null);
    }

    /** What a file's name tells of its type; {@code application/octet-stream} when that is nothing. */
    static String ofName(String name) {
        return detect(new byte[0], name);
    }

    /** How the names of files of a type end, with the dot; empty where there is no such thing. */
    static String extension(String type) {
        if (saysNothing(type)) {
            return "";
        }
        try {
            return MimeTypes.getDefaultMimeTypes().forName(base(type)).getExtension();
        } catch (MimeTypeException noType) {
            return "";
        }
    }

    private static String detect(byte[] beginning, @Nullable String name) {
        Metadata metadata = new Metadata();
        if (name != null) {
            metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        }
        try (TikaInputStream stream = TikaInputStream.get(beginning)) {
            return MimeTypes.getDefaultMimeTypes()
                    .detect(stream, metadata, new ParseContext())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
