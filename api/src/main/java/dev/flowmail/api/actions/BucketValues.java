package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.S3Bucket;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The configuration values that name the bucket in which a caller's attachments lie. */
record BucketValues(ConfigurationValues values, WebAddresses addresses) {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");

    /** The caller's S3 bucket; empty when attachments come from uploads and downloads. */
    Optional<S3Bucket> bucket() {
        String source = values.value("Attachments: Source").orElse("").toLowerCase(Locale.ROOT);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (!source.equals("s3")) {
            throw ProblemException.badInput(
                    "Attachments: Source must be empty (uploads and Download Uris) or s3; Box is"
                            + " not supported, use s3 instead.");
        }
        return Optional.of(new S3Bucket(
                shaped(BUCKET, "Attachments: S3 Bucket", "enter the bucket that holds the attachments"),
                shaped(REGION, "Attachments: S3 Region", "enter the bucket's region, e.g. eu-central-1"),
                values.required("Attachments: S3 Access Key", "enter the access key that may read the bucket"),
                values.required("Attachments: S3 Secret Key", "enter the secret of the access key"),
                values.value("Attachments: S3 Endpoint")
                        .map(address -> addresses.checkEndpoint("Attachments: S3 Endpoint", address))
                        .orElse(null)));
    }

    /** Both become parts of a host's name. */
    private String shaped(Pattern shape, String name, String remedy) {
        String value = values.required(name, remedy);
        if (!shape.matcher(value).matches()) {
            throw ProblemException.badInput(name + " has characters that no such name has: " + remedy + ".");
        }
        return value;
    }
}
