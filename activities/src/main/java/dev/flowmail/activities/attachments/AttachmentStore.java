package dev.flowmail.activities.attachments;

import dev.flowmail.activities.keys.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uploads, and what requests need of them and of files elsewhere, in the data directory or in an S3 bucket:
 * {@code uploads/<id>} ({@link Uploads}) and {@code requests/<request id>/<file>} ({@link RequestFolders}). Everything is encrypted on its way there, and complete
 * before it has its name. An upload lives for some time after its upload or last use; a request's files live until they are forgotten.
 *
 * <p>Only ids of the shapes that Flowmail makes reach the store; every other one is an unknown one. Safe for several
 * threads and processes.
 *
 * <p>Methods that write throw {@link StoreUnavailableException} when the store does not take it; nothing was kept then.
 */
public final class AttachmentStore implements RequestFiles, AutoCloseable {

    /** What one mail's files may hold together, in bytes: Exchange Online can be set to take 150 MB, others take less. */
    public static final long LARGEST_TOTAL = 150L * 1024 * 1024;

    private final Uploads uploads;
    private final RequestFolders requests;
    private final Limits limits;
    private final Runnable close;

    /**
     * A store in an existing directory.
     *
     * @param keys the first encrypts, all decrypt
     * @param limits of what is uploaded or fetched
     * @param keep how long an upload lives after its upload or last use
     */
    public AttachmentStore(Path dataDirectory, KeyRing keys, Limits limits, Duration keep, InstantSource clock) {
        this(
                DirectoryFolder.in(dataDirectory, "uploads"),
                DirectoryFolder.in(dataDirectory, "requests"),
                () -> {},
                keys,
                limits,
                keep,
                clock);
    }

    /**
     * A store in an S3 bucket, which several replicas share.
     *
     * @param bucket where the files lie
     * @param directory an existing directory of this process's own, in which encrypted files wait for their transfer; what
     *     a crash left there is deleted
     * @param keys the first encrypts, all decrypt; the same for all replicas
     * @param limits of what is uploaded or fetched
     * @param keep how long an upload lives after its upload or last use
     * @throws StoreUnavailableException when the directory cannot be used
     */
    public static AttachmentStore inBucket(
            StoreBucket bucket, Path directory, KeyRing keys, Limits limits, Duration keep, InstantSource clock)
            throws IOException {
        DirectoryFolder outgoing = DirectoryFolder.in(directory, "outgoing");
        outgoing.delete();
        S3Client s3 = StoreClient.of(bucket);
        return new AttachmentStore(
                S3Folder.in(s3, bucket.name(), "uploads", outgoing),
                S3Folder.in(s3, bucket.name(), "requests", outgoing),
                s3::close,
                keys,
                limits,
                keep,
                clock);
    }

    private AttachmentStore(
            Folder uploads,
            Folder requests,
            Runnable close,
            KeyRing keys,
            Limits limits,
            Duration keep,
            InstantSource clock) {
        EncryptedFiles files = new EncryptedFiles(keys, clock);
        this.uploads = new Uploads(uploads, files, limits, keep, clock);
        this.requests = new RequestFolders(requests, files, limits);
        this.limits = limits;
        this.close = close;
    }

    /** The largest file that is taken, in bytes. */
    public long maxSize() {
        return limits.file();
    }

    /**
     * Stores an upload under a new random id.
     *
     * @param by who uploads
     * @param name as the caller gave it: only its last path segment is kept, without control characters
     * @param mimeType found from the bytes when it is missing or no type
     * @param bytes read to its end while it is written; its own exceptions pass through, and leave nothing behind
     * @throws FileTooLargeException above {@link #maxSize()}
     * @throws NoRoomException when there are too many others
     */
    public StoredFile upload(Tenants by, String name, @Nullable String mimeType, InputStream bytes) throws IOException {
        return uploads.add(by, name, mimeType, bytes);
    }

    /**
     * Keeps an upload beside a request, and counts as a use of it. Repeating it is harmless, also when the upload has
     * expired meanwhile.
     *
     * @param by who asks
     * @return the file in the request's folder; empty when they have no such upload (any more)
     */
    public Optional<StoredFile> keep(Tenants by, String uploadId, String requestId) throws IOException {
        Optional<Folder> request = requests.of(requestId);
        for (String upload : request.isPresent() ? by.namesOf(uploadId) : List.<String>of()) {
            boolean live = uploads.isLive(upload) && uploads.share(upload, request.get());
            if (live || request.get().contains(upload)) {
                return Optional.of(requests.describe(requestId, upload));
            }
        }
        return Optional.empty();
    }

    /** What {@link #keep} would find. Changes nothing. */
    public Optional<StoredFile> find(Tenants by, String uploadId, String requestId) throws IOException {
        Optional<Folder> request = requests.of(requestId);
        for (String upload : request.isPresent() ? by.namesOf(uploadId) : List.<String>of()) {
            if (request.get().contains(upload)) {
                return Optional.of(requests.describe(requestId, upload));
            }
            if (uploads.isLive(upload)) {
                return Optional.of(uploads.describe(upload));
            }
        }
        return Optional.empty();
    }

    /**
     * Keeps a large body beside a request, in UTF-8. Repeating it with the same text gives the same file.
     *
     * @param name what the text is, e.g. {@code html}
     * @return the file in the request's folder
     */
    public String keepText(String requestId, String name, String text) throws IOException {
        return requests.keepText(requestId, name, text);
    }

    /** Notes that files from elsewhere will be kept beside a request: until it is forgotten, and not any more then. */
    public void expectFiles(String requestId) throws IOException {
        requests.expectFiles(requestId);
    }

    @Override
    public boolean isForgotten(String requestId) throws IOException {
        return requests.isForgotten(requestId);
    }

    @Override
    public InputStream open(String requestId, String file) throws IOException {
        return requests.open(requestId, file);
    }

    @Override
    public StoredFile describe(String requestId, String file) throws IOException {
        return requests.describe(requestId, file);
    }

    @Override
    public StoredFile fetch(String requestId, WantedFile wanted, RemoteFile remote) throws IOException {
        return requests.fetch(requestId, wanted, remote);
    }

    @Override
    public String make(String requestId, String identity, Maker maker) throws IOException {
        return requests.make(requestId, identity, maker);
    }

    @Override
    public void forget(String requestId) throws IOException {
        requests.forget(requestId);
    }

    /** Deletes an upload of theirs; what requests have kept of it stays. An unknown one counts as deleted. */
    public void delete(Tenants by, String uploadId) throws IOException {
        uploads.delete(by, uploadId);
    }

    /** Deletes the uploads whose time is over, and what broken-off uploads left behind more than a day ago. */
    public void sweep(Instant now) throws IOException {
        uploads.sweep(now);
    }

    /**
     * Forgets the requests that nobody forgot: folders that nothing was added to for 150 days, which is longer than any
     * request lives.
     *
     * @param isOpen tells by its id whether a request may still need its folder; asked for old folders only
     */
    public void sweepRequests(Instant now, Predicate<String> isOpen) throws IOException {
        requests.sweep(now, isOpen);
    }

    /**
     * Writes a small file, lists it, reads it and deletes it.
     *
     * @throws IOException when one of these does not work
     */
    public void tryOut() throws IOException {
        uploads.tryOut();
    }

    /** Ends the connections to the store. */
    @Override
    public void close() {
        close.run();
    }
}
