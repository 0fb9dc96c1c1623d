package dev.flowmail.workflows.mail;

import org.jspecify.annotations.Nullable;

/**
 * A caller's S3 bucket, from the connector's configuration values.
 *
 * @param endpoint the address of an S3-compatible store; null for Amazon's
 */
public record S3Bucket(
        String bucket,
        String region,
        String accessKey,
        String secretKey,
        @Nullable String endpoint) {

    /** Bucket and region only. */
    @Override
    public String toString() {
        return "S3Bucket[" + bucket + " " + region + "]";
    }
}
