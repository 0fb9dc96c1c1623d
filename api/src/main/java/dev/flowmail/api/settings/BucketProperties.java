package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.SettingNames.spell;

import dev.flowmail.activities.network.WebAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bucket of the store s3.
 *
 * @param bucket the S3 bucket that holds uploads and what requests need of them
 * @param region the region of that bucket, e.g. eu-central-1
 * @param endpoint http or https address of an S3-compatible store; Amazon's when not set
 * @param accessKey access key of that store; the AWS default chain (environment, profile, role) when not set
 * @param secretKey secret of the access key
 * @param pathStyle whether the bucket stands in the address's path instead of its host; true when not set while an
 *     endpoint is
 */
public record BucketProperties(
        @Nullable String bucket,
        @Nullable String region,
        @Nullable String endpoint,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable Boolean pathStyle) {

    private static final String PREFIX = "flowmail.attachments.s3.";

    /** Null for Amazon's own. */
    public @Nullable URI address() {
        return endpoint == null ? null : URI.create(endpoint);
    }

    void requireUnset() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("bucket", bucket);
        given.put("region", region);
        given.put("endpoint", endpoint);
        given.put("access-key", accessKey);
        given.put("secret-key", secretKey);
        given.put("path-style", pathStyle);
        given.forEach((name, value) -> rule(name)
                .requires(
                        value == null,
                        "is set, but " + spell("flowmail.attachments.store")
                                + " is not s3: set that to s3, or take this away."));
    }

    void requireWhole() {
        rule("bucket").requires(bucket != null, "is missing: the store s3 needs it.");
        rule("region").requires(region != null, "is missing: the store s3 needs it.");
        rule(accessKey == null ? "access-key" : "secret-key")
                .requires(
                        (accessKey == null) == (secretKey == null),
                        "is missing: access key and secret key go together. Set both, or none for the AWS default"
                                + " chain.");
        rule("endpoint")
                .requires(
                        endpoint == null || isWeb(endpoint),
                        "must be an http or https address without user, e.g. https://s3.example.com.");
    }

    private static boolean isWeb(String address) {
        return WebAddress.parse(address)
                .filter(endpoint -> endpoint.getHost() != null)
                .isPresent();
    }

    private static Rule rule(String name) {
        return Rule.of(PREFIX + name);
    }

    /** Bucket and region only: keys stay out of logs. */
    @Override
    public String toString() {
        return "S3[" + bucket + " " + region + "]";
    }
}
