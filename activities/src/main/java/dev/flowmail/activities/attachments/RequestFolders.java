package dev.flowmail.activities.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.activities.attachments.FileCipher.Description;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A folder for each request. Only ids of the shapes that Flowmail makes reach the store. */
final class RequestFolders implements RequestFiles {

    private static final Duration ORPHAN_LIFE = Duration.ofDays(150);
    private static final String EXPECTED = "expected";

    private final Folder requests;
    private final EncryptedFiles files;
    private final Limits limits;
    private final OneAtATime work = new OneAtATime();

    RequestFolders(Folder requests, EncryptedFiles files, Limits limits) {
        this.requests = requests;
        this.files = files;
        this.limits = limits;
    }

    /** The folder of a request; empty for what is no request's id. */
    Optional<Folder> of(String requestId) {
        return RequestNames.isName(requestId) ? Optional.of(requests.folder(requestId)) : Optional.empty();
    }

    /** As {@link AttachmentStore#keepText}. */
    String keepText(String requestId, String name, String text) throws IOException {
        RequestNames.require(requestId);
        String file = "text-" + files.fingerprint(requestId, name, text);
        Folder request = requests.folder(requestId);
        if (!request.contains(file)) {
            Description description = files.description(name, "text/plain; charset=UTF-8");
            files.write(request, file, description, bytes -> bytes.write(text.getBytes(UTF_8)));
        }
        return file;
    }

    /** As {@link AttachmentStore#expectFiles}. */
    void expectFiles(String requestId) throws IOException {
        RequestNames.require(requestId);
        Folder request = requests.folder(requestId);
        if (!request.contains(EXPECTED)) {
            files.write(request, EXPECTED, files.description(EXPECTED, "text/plain"), nothing -> {});
        }
    }

    @Override
    public boolean isForgotten(String requestId) throws IOException {
        return !RequestNames.isName(requestId) || !requests.folder(requestId).contains(EXPECTED);
    }

    @Override
    public InputStream open(String requestId, String file) throws IOException {
        RequestNames.requireFile(requestId, file);
        return files.read(requests.folder(requestId), file).content();
    }

    @Override
    public StoredFile describe(String requestId, String file) throws IOException {
        RequestNames.requireFile(requestId, file);
        return files.describe(file, requests.folder(requestId));
    }

    @Override
    public StoredFile fetch(String requestId, WantedFile wanted, RemoteFile remote) throws IOException {
        RequestNames.require(requestId);
        String file = "fetched-" + files.fingerprint(requestId, wanted.identity());
        Folder request = requests.folder(requestId);
        work.once(requestId + "/" + file, "fetching it", () -> {
            if (!request.contains(file)) {
                remote.fetch((head, bytes) -> receive(request, file, wanted, head, bytes));
            }
        });
        return wanted.as(files.describe(file, request));
    }

    private void receive(Folder request, String file, WantedFile wanted, RemoteFile.Head head, InputStream bytes)
            throws IOException {
        if (head.size() > limits.file()) {
            throw new FileTooLargeException(wanted.name(), limits.file());
        }
        byte[] beginning = bytes.readNBytes(MimeType.BEGINNING);
        WebPage.requireNone(wanted, head, beginning);
        files.write(request, file, wanted.nameOf(head), head.mimeType(), beginning, bytes, limits.file());
    }

    @Override
    public String make(String requestId, String identity, Maker maker) throws IOException {
        RequestNames.require(requestId);
        String file = "made-" + files.fingerprint(requestId, identity);
        Folder request = requests.folder(requestId);
        work.once(requestId + "/" + file, "making it", () -> {
            if (!request.contains(file)) {
                files.write(request, file, files.description("made", "application/octet-stream"), maker);
            }
        });
        return file;
    }

    @Override
    public void forget(String requestId) throws IOException {
        if (RequestNames.isName(requestId)) {
            requests.folder(requestId).delete();
        }
    }

    /** As {@link AttachmentStore#sweepRequests}. */
    void sweep(Instant now, Predicate<String> isOpen) throws IOException {
        for (Map.Entry<String, Folder.Entry> request : requests.entries().entrySet()) {
            String requestId = request.getKey();
            if (RequestNames.isName(requestId)
                    && Folder.isOver(request.getValue().lastUse(), ORPHAN_LIFE, now)
                    && !isOpen.test(requestId)) {
                forget(requestId);
            }
        }
    }
}
