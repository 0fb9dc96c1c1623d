package dev.flowmail.activities.attachments;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A folder of the operator's bucket: the objects whose keys begin with its name and a slash. When an object was used last
 * stands in its metadata, and, for lists, in its last modification: a copy onto itself brings both up to date.
 */
final class S3Folder implements Folder {

    /** rclone's and others' convention; servers that keep files by their own time read it. */
    private static final String TIME = "mtime";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A server that stops reading would hold an upload up for ever: silence counts only while an answer is awaited. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final DirectoryFolder outgoing;

    private S3Folder(S3Client s3, String bucket, String prefix, DirectoryFolder outgoing) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.outgoing = outgoing;
    }

    /**
     * A folder at the top of a bucket.
     *
     * @param outgoing what is written waits here, since S3 wants to know the length first; already encrypted
     */
    static S3Folder in(S3Client s3, String bucket, String name, DirectoryFolder outgoing) {
        return new S3Folder(s3, bucket, name + "/", outgoing);
    }

    static S3Client client(StoreBucket bucket) {
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

    @Override
    public S3Folder folder(String name) {
        return new S3Folder(s3, bucket, prefix + name + "/", outgoing);
    }

    @Override
    public void write(String name, Instant lastUse, Filling filling) throws IOException {
        String waiting = UUID.randomUUID().toString();
        outgoing.write(waiting, lastUse, filling);
        try {
            Path file = outgoing.path(waiting);
            inS3(() -> s3.putObject(
                    request -> request.bucket(bucket).key(key(name)).metadata(time(lastUse)),
                    RequestBody.fromFile(file)));
        } finally {
            outgoing.delete(waiting);
        }
    }

    @Override
    public boolean contains(String name) throws IOException {
        return found(() -> s3.headObject(request -> request.bucket(bucket).key(key(name))))
                .isPresent();
    }

    @Override
    public Opened open(String name) throws IOException {
        S3Stream object = found(() -> S3Stream.open(s3, bucket, key(name)))
                .orElseThrow(() -> new NoSuchFileException("a file in S3"));
        return new Opened(new Arriving(object), object.size());
    }

    @Override
    public boolean share(String name, Folder other) throws IOException {
        if (!(other instanceof S3Folder target)) {
            throw new IllegalArgumentException("A folder of another store");
        }
        return found(() -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(key(name))
                        .destinationBucket(bucket)
                        .destinationKey(target.key(name))))
                .isPresent();
    }

    @Override
    public Optional<Instant> lastUse(String name) throws IOException {
        return found(() -> s3.headObject(request -> request.bucket(bucket).key(key(name))))
                .map(S3Folder::lastUse);
    }

    private static Instant lastUse(HeadObjectResponse head) {
        return head.metadata().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(TIME)
                        && SECONDS.matcher(entry.getValue()).matches())
                .map(entry -> Instant.ofEpochSecond(Long.parseLong(entry.getValue())))
                .findFirst()
                .orElseGet(head::lastModified);
    }

    @Override
    public void use(String name, Instant now) throws IOException {
        var ignored = found(() -> s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(key(name))
                .destinationBucket(bucket)
                .destinationKey(key(name))
                // a copy onto itself must change something
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(time(now))));
    }

    @Override
    public Map<String, Entry> entries() throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        for (S3Object object : objects()) {
            String name = object.key().substring(prefix.length()).split("/", 2)[0];
            Entry entry = new Entry(object.lastModified(), object.size());
            entries.merge(name, entry, (one, other) -> one.lastUse().isAfter(other.lastUse()) ? one : other);
        }
        return entries;
    }

    @Override
    public void delete(String name) throws IOException {
        deleteObject(key(name));
    }

    @Override
    public void delete() throws IOException {
        for (S3Object object : objects()) {
            deleteObject(object.key());
        }
    }

    private List<S3Object> objects() throws IOException {
        return inS3(() ->
                s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                        .toList());
    }

    private void deleteObject(String key) throws IOException {
        var ignored =
                found(() -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    private String key(String name) {
        return prefix + name;
    }

    private static Map<String, String> time(Instant time) {
        return Map.of(TIME, Long.toString(time.getEpochSecond()));
    }

    /** Empty where there is no such object. */
    private static <T> Optional<T> found(Supplier<T> call) throws StoreUnavailableException {
        try {
            return Optional.of(call.get());
        } catch (NoSuchBucketException noBucket) {
            throw unavailable(noBucket);
        } catch (AwsServiceException answered) {
            if (answered.statusCode() == 404) {
                return Optional.empty();
            }
            throw unavailable(answered);
        } catch (SdkException unreachable) {
            throw unavailable(unreachable);
        }
    }

    private static <T> T inS3(Supplier<T> call) throws StoreUnavailableException {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw unavailable(failure);
        }
    }

    private static StoreUnavailableException unavailable(SdkException failure) {
        return new StoreUnavailableException(new IOException(
                failure instanceof AwsServiceException answered
                        ? S3Error.of(answered).inWords()
                        // the library's own words name the host at most
                        : "S3 cannot be reached: " + failure.getMessage()));
    }

    /** An object that S3 has promised: that it breaks off is the store's failure, not its reader's. */
    private static final class Arriving extends FilterInputStream {
        Arriving(InputStream object) {
            super(object);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException brokenOff) {
                throw new StoreUnavailableException(brokenOff);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (IOException brokenOff) {
                throw new StoreUnavailableException(brokenOff);
            }
        }
    }
}
