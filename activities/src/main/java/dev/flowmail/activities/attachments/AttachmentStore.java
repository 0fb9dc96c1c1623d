package dev.flowmail.activities.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.flowmail.activities.attachments.FileCipher.Content;
import dev.flowmail.activities.attachments.FileCipher.Description;
import dev.flowmail.activities.keys.KeyRing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uploads, and what requests need of them and of files elsewhere, in the data directory or in an S3 bucket:
 * {@code uploads/<id>} and {@code requests/<request id>/<file>}. Everything is encrypted on its way there, and complete
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

    private static final Duration UNFINISHED_LIFE = Duration.ofDays(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration ORPHAN_LIFE = Duration.ofDays(150);
    private static final String EXPECTED = "expected";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");

    private final Folder uploads;
    private final Folder requests;
    private final Runnable close;
    private final FileCipher cipher;
    private final Limits limits;
    private final UploadRoom room;
    private final Duration keep;
    private final InstantSource clock;
    private final LoadingCache<String, Lock> fetching =
            Caffeine.newBuilder().weakValues().build(file -> new ReentrantLock());

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
        S3Client s3 = S3Folder.client(bucket);
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
        this.uploads = uploads;
        this.requests = requests;
        this.close = close;
        this.cipher = new FileCipher(keys);
        this.limits = limits;
        this.room = new UploadRoom(limits, () -> unexpired(clock.instant()));
        this.keep = keep;
        this.clock = clock;
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
        String id = UUID.randomUUID().toString();
        String file = by.nameOf(id);
        try (UploadRoom.Place place = room.take(file)) {
            write(uploads, file, name, mimeType, place.filledBy(bytes));
            place.complete();
        }
        StoredFile stored = describe(file, uploads);
        return new StoredFile(id, stored.name(), stored.mimeType(), stored.size(), stored.createdAt());
    }

    /**
     * Keeps an upload beside a request, and counts as a use of it. Repeating it is harmless, also when the upload has
     * expired meanwhile.
     *
     * @param by who asks
     * @return the file in the request's folder; empty when they have no such upload (any more)
     */
    public Optional<StoredFile> keep(Tenants by, String uploadId, String requestId) throws IOException {
        for (String upload : isName(requestId) ? by.namesOf(uploadId) : List.<String>of()) {
            Folder request = requests.folder(requestId);
            boolean live = isLive(upload);
            if (live) {
                uploads.use(upload, clock.instant());
                live = request.contains(upload) || uploads.share(upload, request);
            }
            if (live || request.contains(upload)) {
                return Optional.of(describe(upload, request));
            }
        }
        return Optional.empty();
    }

    /** What {@link #keep} would find. Changes nothing. */
    public Optional<StoredFile> find(Tenants by, String uploadId, String requestId) throws IOException {
        for (String upload : isName(requestId) ? by.namesOf(uploadId) : List.<String>of()) {
            Folder request = requests.folder(requestId);
            if (request.contains(upload)) {
                return Optional.of(describe(upload, request));
            }
            if (isLive(upload)) {
                return Optional.of(describe(upload, uploads));
            }
        }
        return Optional.empty();
    }

    private boolean isLive(String upload) throws IOException {
        Instant now = clock.instant();
        return uploads.lastUse(upload)
                .filter(lastUse -> !isOver(lastUse, keep, now))
                .isPresent();
    }

    /**
     * Keeps a large body beside a request, in UTF-8. Repeating it with the same text gives the same file.
     *
     * @param name what the text is, e.g. {@code html}
     * @return the file in the request's folder
     */
    public String keepText(String requestId, String name, String text) throws IOException {
        requireName(requestId);
        String file = "text-" + cipher.fingerprint(requestId, name, text);
        Folder request = requests.folder(requestId);
        if (!request.contains(file)) {
            Description description = new Description(name, "text/plain; charset=UTF-8", clock.instant());
            write(request, file, description, new ByteArrayInputStream(text.getBytes(UTF_8)), Long.MAX_VALUE);
        }
        return file;
    }

    /** Notes that files from elsewhere will be kept beside a request: until it is forgotten, and not any more then. */
    public void expectFiles(String requestId) throws IOException {
        requireName(requestId);
        Folder request = requests.folder(requestId);
        if (!request.contains(EXPECTED)) {
            Description description = new Description(EXPECTED, "text/plain", clock.instant());
            write(request, EXPECTED, description, InputStream.nullInputStream(), 0);
        }
    }

    @Override
    public boolean isForgotten(String requestId) throws IOException {
        return !isName(requestId) || !requests.folder(requestId).contains(EXPECTED);
    }

    @Override
    public InputStream open(String requestId, String file) throws IOException {
        return read(requestId, file).content();
    }

    @Override
    public StoredFile describe(String requestId, String file) throws IOException {
        requireFile(requestId, file);
        return describe(file, requests.folder(requestId));
    }

    @Override
    public StoredFile fetch(String requestId, WantedFile wanted, RemoteFile remote) throws IOException {
        requireName(requestId);
        String file = "fetched-" + cipher.fingerprint(requestId, wanted.identity());
        Folder request = requests.folder(requestId);
        // the mails of one request go out together: one of them fetches
        Lock lock = fetching.get(requestId + "/" + file);
        if (!isLocked(lock)) {
            throw FetchFailedException.forNow("another mail of this request is still fetching it");
        }
        try {
            if (!request.contains(file)) {
                remote.fetch((head, bytes) -> receive(request, file, wanted, head, bytes));
            }
            return named(wanted, describe(file, request));
        } finally {
            lock.unlock();
        }
    }

    private void receive(Folder request, String file, WantedFile wanted, RemoteFile.Head head, InputStream bytes)
            throws IOException {
        if (head.size() > limits.file()) {
            throw new FileTooLargeException(wanted.name(), limits.file());
        }
        byte[] beginning = bytes.readNBytes(MimeType.BEGINNING);
        WebPage.requireNone(wanted, head, beginning);
        String name = wanted.isNameGiven()
                ? wanted.name()
                : Disposition.of(head.disposition()).name().orElse(wanted.name());
        write(request, file, name, head.mimeType(), beginning, bytes);
    }

    /** Two attachments may have one address, and names of their own. */
    private static StoredFile named(WantedFile wanted, StoredFile file) {
        String name = wanted.isNameGiven() ? wanted.name() : file.name();
        String type = wanted.mimeType() == null ? file.mimeType() : wanted.mimeType();
        return new StoredFile(
                file.file(), FileName.withExtension(name, type), file.mimeType(), file.size(), file.createdAt());
    }

    @Override
    public String make(String requestId, String identity, Maker maker) throws IOException {
        requireName(requestId);
        String file = "made-" + cipher.fingerprint(requestId, identity);
        Folder request = requests.folder(requestId);
        Lock lock = fetching.get(requestId + "/" + file);
        if (!isLocked(lock)) {
            throw FetchFailedException.forNow("another mail of this request is still making it");
        }
        try {
            if (!request.contains(file)) {
                Description description = new Description("made", "application/octet-stream", clock.instant());
                request.write(file, description.createdAt(), bytes -> {
                    OutputStream encrypted = cipher.encrypt(bytes, file, description);
                    maker.write(encrypted);
                    // as in write(): what is broken off must never decrypt
                    encrypted.close();
                });
            }
            return file;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isLocked(Lock lock) {
        try {
            return lock.tryLock(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void forget(String requestId) throws IOException {
        if (isName(requestId)) {
            requests.folder(requestId).delete();
        }
    }

    /** Deletes an upload of theirs; what requests have kept of it stays. An unknown one counts as deleted. */
    public void delete(Tenants by, String uploadId) throws IOException {
        for (String upload : by.namesOf(uploadId)) {
            uploads.delete(upload);
            room.freed();
        }
    }

    /** Deletes the uploads whose time is over, and what broken-off uploads left behind more than a day ago. */
    public void sweep(Instant now) throws IOException {
        room.count(() -> unexpired(now));
    }

    /** Deletes what {@link #sweep} deletes. */
    private Map<String, Folder.Entry> unexpired(Instant now) throws IOException {
        Map<String, Folder.Entry> left = new HashMap<>();
        for (Map.Entry<String, Folder.Entry> upload : uploads.entries().entrySet()) {
            String name = upload.getKey();
            Instant lastUse = upload.getValue().lastUse();
            boolean expired = Tenants.markIn(name).isPresent() && isOver(lastUse, keep, now);
            boolean leftOver = name.endsWith(Folder.UNFINISHED) && isOver(lastUse, UNFINISHED_LIFE, now);
            if (expired || leftOver) {
                uploads.delete(name);
            } else {
                left.put(name, upload.getValue());
            }
        }
        return left;
    }

    /**
     * Forgets the requests that nobody forgot: folders that nothing was added to for 150 days, which is longer than any
     * request lives.
     *
     * @param isOpen tells by its id whether a request may still need its folder; asked for old folders only
     */
    public void sweepRequests(Instant now, Predicate<String> isOpen) throws IOException {
        for (Map.Entry<String, Folder.Entry> request : requests.entries().entrySet()) {
            String requestId = request.getKey();
            if (isName(requestId)
                    && isOver(request.getValue().lastUse(), ORPHAN_LIFE, now)
                    && !isOpen.test(requestId)) {
                forget(requestId);
            }
        }
    }

    /**
     * Writes a small file, lists it, reads it and deletes it.
     *
     * @throws IOException when one of these does not work
     */
    public void tryOut() throws IOException {
        String id = UUID.randomUUID().toString();
        write(uploads, id, "trial.txt", "text/plain", new ByteArrayInputStream("trial".getBytes(UTF_8)));
        try {
            describe(id, uploads);
            if (!uploads.entries().containsKey(id)) {
                throw new IOException("What was written does not stand in the list of files");
            }
        } finally {
            uploads.delete(id);
        }
    }

    /** Ends the connections to the store. */
    @Override
    public void close() {
        close.run();
    }

    private void write(Folder folder, String id, String name, @Nullable String mimeType, InputStream bytes)
            throws IOException {
        write(folder, id, name, mimeType, bytes.readNBytes(MimeType.BEGINNING), bytes);
    }

    private void write(
            Folder folder, String id, String name, @Nullable String mimeType, byte[] beginning, InputStream bytes)
            throws IOException {
        String safeName = FileName.safe(name);
        String type = MimeType.of(mimeType, beginning, safeName);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), bytes);
        write(folder, id, new Description(safeName, type, clock.instant()), whole, limits.file());
    }

    private void write(Folder folder, String name, Description description, InputStream bytes, long limit)
            throws IOException {
        folder.write(name, description.createdAt(), file -> {
            OutputStream encrypted = cipher.encrypt(file, name, description);
            if (!copy(bytes, encrypted, limit)) {
                throw new FileTooLargeException(description.name(), limit);
            }
            // Only a whole content may be completed: a broken-off one must never decrypt.
            encrypted.close();
        });
    }

    /** False, and not all of it is copied, when there is more than the limit. */
    private static boolean copy(InputStream from, OutputStream to, long limit) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long size = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            size += read;
            if (size > limit) {
                return false;
            }
            to.write(buffer, 0, read);
        }
        return true;
    }

    private Content read(String requestId, String file) throws IOException {
        requireFile(requestId, file);
        return read(requests.folder(requestId), file);
    }

    private Content read(Folder folder, String name) throws IOException {
        Folder.Opened file = folder.open(name);
        try {
            return cipher.decrypt(file.bytes(), file.length(), name);
        } catch (IOException | RuntimeException e) {
            file.bytes().close();
            throw e;
        }
    }

    private StoredFile describe(String name, Folder folder) throws IOException {
        Content content = read(folder, name);
        content.content().close();
        Description description = content.description();
        return new StoredFile(
                name, description.name(), description.mimeType(), content.size(), description.createdAt());
    }

    private static void requireName(String requestId) {
        if (!isName(requestId)) {
            throw new IllegalArgumentException("A request id consists of 1 to 100 of a-z, 0-9 and -");
        }
    }

    private static void requireFile(String requestId, String file) throws NoSuchFileException {
        if (!isName(requestId) || !isName(file)) {
            throw new NoSuchFileException("a file of a request");
        }
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static boolean isOver(Instant lastUse, Duration life, Instant now) {
        return !now.isBefore(lastUse.plus(life));
    }
}
