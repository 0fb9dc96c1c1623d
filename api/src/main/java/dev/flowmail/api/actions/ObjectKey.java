package dev.flowmail.api.actions;

import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.workflows.mail.S3Bucket;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key of an object in a caller's bucket. Boomi's S3 connector puts a resource path before the Id of its files, so
 * the Id alone names no object there; their addresses do, expired or not.
 */
final class ObjectKey {
    private static final Pattern AMAZONS = Pattern.compile("s3[.-](.*\\.)?amazonaws\\.com(\\.cn)?");

    private ObjectKey() {}

    /** From the file's addresses where they name the bucket, else its Id. */
    static Optional<String> of(S3Bucket bucket, AttachmentInput file) {
        return Stream.of(Optional.ofNullable(file.embedUri()), Optional.ofNullable(file.downloadUri()))
                .flatMap(Optional::stream)
                .flatMap(address -> inAddress(bucket, address).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(file.id()));
    }

    private static Optional<String> inAddress(S3Bucket bucket, String address) {
        return WebAddress.parse(address.strip())
                .flatMap(uri -> isEndpoint(bucket.endpoint(), uri) ? inPath(bucket, uri) : afterHost(bucket, uri))
                .map(WebAddress::decoded)
                .filter(key -> !key.isEmpty());
    }

    private static boolean isEndpoint(@Nullable String endpoint, URI address) {
        String host = host(address);
        return endpoint == null ? AMAZONS.matcher(host).matches() : host.equals(host(URI.create(endpoint)));
    }

    /** {@code https://endpoint/bucket/key}. */
    private static Optional<String> inPath(S3Bucket bucket, URI address) {
        String before =
                bucket.endpoint() == null ? "" : URI.create(bucket.endpoint()).getRawPath();
        String start = (before.endsWith("/") ? before : before + "/") + bucket.bucket() + "/";
        return Optional.of(address.getRawPath())
                .filter(path -> path.startsWith(start))
                .map(path -> path.substring(start.length()));
    }

    /** {@code https://bucket.host/key}. */
    private static Optional<String> afterHost(S3Bucket bucket, URI address) {
        return Optional.of(address.getRawPath())
                .filter(path -> host(address).startsWith(bucket.bucket().toLowerCase(Locale.ROOT) + "."))
                .filter(path -> path.startsWith("/"))
                .map(path -> path.substring(1));
    }

    private static String host(URI address) {
        return WebAddress.host(address).toLowerCase(Locale.ROOT);
    }
}
