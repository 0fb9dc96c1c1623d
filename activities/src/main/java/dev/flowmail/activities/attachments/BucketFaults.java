package dev.flowmail.activities.attachments;

import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Why an object of a caller's bucket is not to be had, in words that name the value to check. */
final class BucketFaults {
    private BucketFaults() {}

    /** S3 has answered. */
    static FetchFailedException of(S3Error error) {
        if (error.isTransient()) {
            return FetchFailedException.forNow(error.inWords());
        }
        if (error.isWrongRegion()) {
            return FetchFailedException.forGood("the bucket is in another region"
                    + error.region().map(region -> ", " + region).orElse("") + "; check Attachments: S3 Region");
        }
        String remedy = switch (error.code()) {
            case "NoSuchKey" ->
                "the bucket has no object under the key that the file's Embed Uri, Download Uri or Id names";
            case "NoSuchBucket" -> "there is no such bucket; check Attachments: S3 Bucket";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                "the keys are not accepted; check Attachments: S3 Access Key and Attachments: S3 Secret Key";
            case "InvalidObjectState" -> "the object is archived; restore it first";
            default ->
                error.status() == 403
                        ? "the access key may not read the object, or there is none with this Id; check the Id"
                                + " and the bucket's policy (s3:GetObject)"
                        : "check the file's Id, Attachments: S3 Bucket and Attachments: S3 Endpoint";
        };
        return FetchFailedException.forGood(remedy + " (" + error.inWords() + ")");
    }

    /** S3 has not answered, or not to the end. */
    static IOException of(Exception lost) {
        for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressRefusedException refused) {
                return refused;
            }
            if (cause instanceof ApiCallTimeoutException || cause instanceof SocketTimeoutException) {
                return FetchFailedException.forNow("S3 did not answer in time");
            }
            // a guard's refusal comes wrapped in one
            if (cause instanceof UnknownHostException && cause.getCause() == null) {
                return FetchFailedException.forNow(
                        "S3's host is not known to the DNS; check Attachments: S3 Region and Attachments: S3 Endpoint");
            }
        }
        return FetchFailedException.forNow(
                "S3 cannot be reached, or broke off (" + lost.getClass().getSimpleName() + ")");
    }
}
