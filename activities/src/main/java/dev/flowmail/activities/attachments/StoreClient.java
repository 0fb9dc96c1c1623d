package dev.flowmail.activities.attachments;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The client of the operator's own bucket: patient, and with what every S3-compatible store knows. */
final class StoreClient {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A server that stops reading would hold an upload up for ever: silence counts only while an answer is awaited. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private StoreClient() {}

    static S3Client of(StoreBucket bucket) {
        return S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .maxConnections(200))
                .region(Region.of(bucket.region()))
                .endpointOverride(bucket.endpoint())
                .forcePathStyle(bucket.pathStyle())
                .credentialsProvider(credentials(bucket))
                // aws-chunked, which is for checksums in trailers, is not known everywhere either
                .serviceConfiguration(options -> options.chunkedEncodingEnabled(false))
                // what is stored carries its own seal, and not every S3-compatible store knows the newer checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .apiCallTimeout(LONGEST))
                .build();
    }

    private static AwsCredentialsProvider credentials(StoreBucket bucket) {
        return bucket.accessKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(bucket.accessKey(), bucket.secretKey()));
    }
}
