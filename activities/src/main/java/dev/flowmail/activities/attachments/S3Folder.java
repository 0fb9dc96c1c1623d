package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A folder of the operator's bucket: the objects whose keys begin with its name and a slash. When an object was used last
 * stands in its metadata, and, for lists, in its last modification: a copy onto itself brings both up to date.
 */
final class S3Folder implements Folder {

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
            StoreCalls.inS3(() -> s3.putObject(
                    request -> request.bucket(bucket).key(key(name)).metadata(LastUse.metadata(lastUse)),
                    RequestBody.fromFile(file)));
        } finally {
            outgoing.delete(waiting);
        }
    }

    @Override
    public boolean contains(String name) throws IOException {
        return StoreCalls.found(
                        () -> s3.headObject(request -> request.bucket(bucket).key(key(name))))
                .isPresent();
    }

    @Override
    public Opened open(String name) throws IOException {
        S3Stream object = StoreCalls.found(() -> S3Stream.open(s3, bucket, key(name)))
                .orElseThrow(() -> new NoSuchFileException("a file in S3"));
        return new Opened(StoreCalls.arriving(object), object.size());
    }

    @Override
    public boolean share(String name, Folder other) throws IOException {
        if (!(other instanceof S3Folder target)) {
            throw new IllegalArgumentException("A folder of another store");
        }
        return copy(key(name), target.key(name), nothingElse -> {});
    }

    @Override
    public Optional<Instant> lastUse(String name) throws IOException {
        return StoreCalls.found(
                        () -> s3.headObject(request -> request.bucket(bucket).key(key(name))))
                .map(LastUse::of);
    }

    @Override
    public void use(String name, Instant now) throws IOException {
        // a copy onto itself must change something
        var ignored = copy(
                key(name),
                key(name),
                request -> request.metadataDirective(MetadataDirective.REPLACE).metadata(LastUse.metadata(now)));
    }

    /** False when there is no such object. */
    private boolean copy(String from, String to, Consumer<CopyObjectRequest.Builder> also) throws IOException {
        return StoreCalls.found(() -> s3.copyObject(request -> also.accept(request.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to))))
                .isPresent();
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
        return StoreCalls.inS3(() ->
                s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                        .toList());
    }

    private void deleteObject(String key) throws IOException {
        var ignored = StoreCalls.found(
                () -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    private String key(String name) {
        return prefix + name;
    }
}
