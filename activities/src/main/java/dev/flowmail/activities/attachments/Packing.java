package dev.flowmail.activities.attachments;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files that their place keeps packed, and hands over so whatever was asked for: {@code Content-Encoding: gzip} (RFC 9110,
 * section 8.4.1.3), as object stores do. Nobody could open the attachment. A file that is an archive by itself stays one.
 */
final class Packing {

    private static final Pattern GZIP = Pattern.compile("(?i)\\s*(x-)?gzip\\s*");
    private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(t?gz|svgz)|application/(x-)?(gzip|tar)\\b.*");

    private Packing() {}

    /**
     * Whether what arrives has to be unpacked.
     *
     * @param coding the {@code Content-Encoding}
     * @param name of the file, or a path that ends in it
     */
    static boolean isOf(@Nullable String coding, @Nullable String type, String name) {
        return coding != null
                && GZIP.matcher(coding).matches()
                && !ARCHIVE.matcher(name).matches()
                && (type == null || !ARCHIVE.matcher(type).matches());
    }

    /** What was packed; bytes that are only said to be packed stay as they are. */
    static InputStream unpacked(InputStream bytes) throws IOException {
        InputStream beginning = new BufferedInputStream(bytes);
        beginning.mark(2);
        boolean isPacked = (beginning.read() | beginning.read() << 8) == GZIPInputStream.GZIP_MAGIC;
        beginning.reset();
        return isPacked ? new GZIPInputStream(beginning) : beginning;
    }
}
