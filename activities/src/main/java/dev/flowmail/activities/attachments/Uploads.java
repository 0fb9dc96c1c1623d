package dev.flowmail.activities.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The uploads of all tenants: each lives for some time after its upload or last use. */
final class Uploads {

    private static final Duration UNFINISHED_LIFE = Duration.ofDays(1);

    private final Folder uploads;
    private final EncryptedFiles files;
    private final Limits limits;
    private final UploadRoom room;
    private final Duration keep;
    private final InstantSource clock;

    Uploads(Folder uploads, EncryptedFiles files, Limits limits, Duration keep, InstantSource clock) {
        this.uploads = uploads;
        this.files = files;
        this.limits = limits;
        this.room = new UploadRoom(limits, () -> unexpired(clock.instant()));
        this.keep = keep;
        this.clock = clock;
    }

    /** As {@link AttachmentStore#upload}. */
    StoredFile add(Tenants by, String name, @Nullable String mimeType, InputStream bytes) throws IOException {
        String id = UUID.randomUUID().toString();
        String file = by.nameOf(id);
        try (UploadRoom.Place place = room.take(file)) {
            files.write(uploads, file, name, mimeType, place.filledBy(bytes), limits.file());
            place.complete();
        }
        StoredFile stored = describe(file);
        return new StoredFile(id, stored.name(), stored.mimeType(), stored.size(), stored.createdAt());
    }

    StoredFile describe(String upload) throws IOException {
        return files.describe(upload, uploads);
    }

    /** Whether there is one, as much as its time allows. */
    boolean isLive(String upload) throws IOException {
        Instant now = clock.instant();
        return uploads.lastUse(upload)
                .filter(lastUse -> !Folder.isOver(lastUse, keep, now))
                .isPresent();
    }

    /** Counts as a use of it. False where it is gone meanwhile. */
    boolean share(String upload, Folder request) throws IOException {
        uploads.use(upload, clock.instant());
        return request.contains(upload) || uploads.share(upload, request);
    }

    /** As {@link AttachmentStore#delete}. */
    void delete(Tenants by, String uploadId) throws IOException {
        for (String upload : by.namesOf(uploadId)) {
            uploads.delete(upload);
            room.freed();
        }
    }

    /** As {@link AttachmentStore#sweep}. */
    void sweep(Instant now) throws IOException {
        room.count(() -> unexpired(now));
    }

    /** Deletes what {@link #sweep} deletes. */
    private Map<String, Folder.Entry> unexpired(Instant now) throws IOException {
        Map<String, Folder.Entry> left = new HashMap<>();
        for (Map.Entry<String, Folder.Entry> upload : uploads.entries().entrySet()) {
            String name = upload.getKey();
            Instant lastUse = upload.getValue().lastUse();
            boolean expired = Tenants.markIn(name).isPresent() && Folder.isOver(lastUse, keep, now);
            boolean leftOver = name.endsWith(Folder.UNFINISHED) && Folder.isOver(lastUse, UNFINISHED_LIFE, now);
            if (expired || leftOver) {
                uploads.delete(name);
            } else {
                left.put(name, upload.getValue());
            }
        }
        return left;
    }

    /** As {@link AttachmentStore#tryOut}. */
    void tryOut() throws IOException {
        String id = UUID.randomUUID().toString();
        files.write(
                uploads,
                id,
                files.description("trial.txt", "text/plain"),
                bytes -> bytes.write("trial".getBytes(UTF_8)));
        try {
            describe(id);
            if (!uploads.entries().containsKey(id)) {
                throw new IOException("What was written does not stand in the list of files");
            }
        } finally {
            uploads.delete(id);
        }
    }
}
