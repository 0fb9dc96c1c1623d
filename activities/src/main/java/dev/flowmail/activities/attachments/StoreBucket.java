package dev.flowmail.activities.attachments;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own S3 bucket.
 *
 * @param endpoint the address of an S3-compatible store; null for Amazon's
 * @param accessKey null for the AWS default chain: environment, profile, the machine's or pod's role
 * @param secretKey set when {@code accessKey} is
 * @param pathStyle whether the bucket's name stands in the path instead of the host's name
 */
public record StoreBucket(
        String name,
        String region,
        @Nullable URI endpoint,
        @Nullable String accessKey,
        @Nullable String secretKey,
        boolean pathStyle) {

    /** The bucket and its region only. */
    @Override
    public String toString() {
        return "StoreBucket[" + name + " " + region + "]";
    }
}
