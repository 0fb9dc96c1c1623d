package dev.flowmail.activities.attachments;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What an S3 server answered when it did not do what it was asked.
 *
 * @param code S3's own word for it, e.g. {@code NoSuchKey}; empty when it gave none
 * @param region where the bucket is, as far as the answer tells
 */
record S3Error(int status, String code, Optional<String> region) {

    // the far side's words get into messages
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,60}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    private static final Set<String> WRONG_REGION =
            Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");

    /** In this order: Alibaba, Tencent, Volcengine and Huawei. */
    private static final Set<String> WRONG_STYLE = Set.of(
            "SecondLevelDomainForbidden", "PathStyleDomainForbidden", "InvalidPathAccess", "VirtualHostDomainRequired");

    static S3Error of(AwsServiceException failure) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(failure.awsErrorDetails());
        return new S3Error(
                failure.statusCode(),
                details.map(AwsErrorDetails::errorCode)
                        .filter(CODE.asMatchPredicate())
                        .orElse(""),
                details.map(AwsErrorDetails::sdkHttpResponse)
                        .flatMap(reply -> reply.firstMatchingHeader("x-amz-bucket-region"))
                        .filter(REGION.asMatchPredicate()));
    }

    /** Whether the request is not to blame. */
    boolean isTransient() {
        return status >= 500
                || status == 307
                || status == 408
                || status == 425
                || status == 429
                || code.equals("RequestTimeout")
                || code.equals("SlowDown");
    }

    /** Whether it may be the word of something on the way: S3 gives a reason. */
    boolean hasNoMessage() {
        return code.isEmpty() && status < 500;
    }

    boolean isWrongRegion() {
        return status == 301 || WRONG_REGION.contains(code);
    }

    /** Whether the bucket's name is to stand in the host's name instead of the path, or the other way round. */
    boolean wantsOtherStyle() {
        return WRONG_STYLE.contains(code);
    }

    /** E.g. {@code S3 answered 503 SlowDown}. */
    String inWords() {
        return ("S3 answered " + status + " " + code).strip();
    }
}
