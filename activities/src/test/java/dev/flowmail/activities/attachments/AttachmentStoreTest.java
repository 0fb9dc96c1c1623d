package dev.flowmail.activities.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentStoreTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final Duration KEEP = Duration.ofDays(2);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Key OLD_KEY = key("old", 1);
    private static final Key NEW_KEY = key("new", 2);
    private static final String SECRET = "the salary of the managing director";

    @TempDir
    private Path data;

    private Instant now = START;

    @Test
    void anUploadIsReadBackFromTheRequestThatKeepsIt() throws IOException {
        AttachmentStore store = store();
        byte[] bytes = random(300_000);

        StoredFile upload =
                store.upload(Tenants.UNKNOWN, "report.bin", "application/x-report", new ByteArrayInputStream(bytes));
        StoredFile kept =
                store.keep(Tenants.UNKNOWN, upload.file(), "decision-1").orElseThrow();

        assertThat(upload.name()).isEqualTo("report.bin");
        assertThat(upload.mimeType()).isEqualTo("application/x-report");
        assertThat(upload.size()).isEqualTo(300_000);
        assertThat(upload.createdAt()).isEqualTo(START);
        assertThat(kept).isEqualTo(upload);
        assertThat(store.describe("decision-1", kept.file()).size()).isEqualTo(300_000);
        assertThat(read(store, "decision-1", kept.file())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_300, 65_440, 65_441, 65_535, 65_536, 65_537, 130_900, 131_072, 200_000})
    void everySizeIsToldAndReadBackExactly(int size) throws IOException {
        AttachmentStore store = store();
        byte[] bytes = random(size);

        StoredFile kept = store.keep(
                        Tenants.UNKNOWN,
                        store.upload(Tenants.UNKNOWN, "\uD83D\uDE80 Bericht.bin", null, new ByteArrayInputStream(bytes))
                                .file(),
                        "send-1")
                .orElseThrow();

        assertThat(kept.size()).isEqualTo(size);
        assertThat(store.describe("send-1", kept.file()).size()).isEqualTo(size);
        assertThat(read(store, "send-1", kept.file())).isEqualTo(bytes);
    }

    @Test
    void neitherContentNorNameStandsInClearOnTheDisk() throws IOException {
        AttachmentStore store = store();

        StoredFile upload = store.upload(Tenants.UNKNOWN, "dismissals.txt", null, text(SECRET.repeat(5000)));
        store.keep(Tenants.UNKNOWN, upload.file(), "decision-1");
        store.keepText("decision-1", "html", SECRET);

        assertThat(files()).hasSize(3);
        for (Path file : files()) {
            assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain(SECRET, "dismissals");
            assertThat(file.toString()).doesNotContain("dismissals");
        }
    }

    @Test
    void filesAndFoldersAreTheOwnersOnly() throws IOException {
        AttachmentStore store = store();
        store.keep(
                Tenants.UNKNOWN,
                store.upload(Tenants.UNKNOWN, "a.txt", null, text("a")).file(),
                "decision-1");
        store.keepText("decision-1", "html", "text");

        assertThat(files()).hasSize(3);
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        for (Path folder : List.of(data.resolve("uploads"), data.resolve("requests/decision-1"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aLargeFileIsOnTheDiskAsFastAsItArrivesAndNeverWholeInMemory() throws IOException {
        AttachmentStore store = store(100 * MEGABYTE, OLD_KEY);
        Watched bytes = new Watched(60 * MEGABYTE);

        StoredFile upload = store.upload(Tenants.UNKNOWN, "large.bin", null, bytes);

        assertThat(upload.size()).isEqualTo(60 * MEGABYTE);
        assertThat(bytes.largestLag).isLessThan(MEGABYTE);
    }

    @Test
    void aMissingTypeIsFoundFromTheBytesAndTheName() throws IOException {
        AttachmentStore store = store();
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

        assertThat(store.upload(Tenants.UNKNOWN, "picture", null, new ByteArrayInputStream(png))
                        .mimeType())
                .isEqualTo("image/png");
        assertThat(store.upload(Tenants.UNKNOWN, "picture", "application/octet-stream", new ByteArrayInputStream(png))
                        .mimeType())
                .isEqualTo("image/png");
        assertThat(store.upload(Tenants.UNKNOWN, "x", null, text("%PDF-1.7\n%âãÏÓ\n"))
                        .mimeType())
                .isEqualTo("application/pdf");
        assertThat(store.upload(Tenants.UNKNOWN, "list.csv", "no type\r\nBcc: x@example.com", text("a,b\n"))
                        .mimeType())
                .isEqualTo("text/csv");
        assertThat(store.upload(Tenants.UNKNOWN, "x", null, new ByteArrayInputStream(new byte[] {0, 1, 2, 3}))
                        .mimeType())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void aFileOfExactlyTheLimitIsTakenAndOneByteMoreLeavesNothing() throws IOException {
        AttachmentStore store = store(100_000, OLD_KEY);

        assertThat(store.upload(Tenants.UNKNOWN, "fits", null, new ByteArrayInputStream(new byte[100_000]))
                        .size())
                .isEqualTo(100_000);
        assertThatThrownBy(() ->
                        store.upload(Tenants.UNKNOWN, "a/too large", null, new ByteArrayInputStream(new byte[100_001])))
                .isInstanceOfSatisfying(FileTooLargeException.class, tooLarge -> {
                    assertThat(tooLarge.name()).isEqualTo("too large");
                    assertThat(tooLarge.limit()).isEqualTo("100000 bytes");
                });
        assertThat(files()).hasSize(1);
    }

    @Test
    void anUploadThatBreaksOffLeavesNothingAndItsReasonPassesThrough() throws IOException {
        AttachmentStore store = store();
        IOException reason = new IOException("connection reset");

        InputStream breakingOff = atTheEnd(300_000, () -> {
            throw reason;
        });

        assertThatThrownBy(() -> store.upload(Tenants.UNKNOWN, "half", null, breakingOff))
                .isSameAs(reason);
        assertThat(files()).isEmpty();
    }

    @Test
    void filesOfAnOldKeyAreReadAfterRotation() throws IOException {
        String upload =
                store().upload(Tenants.UNKNOWN, "a.txt", null, text("before")).file();
        AttachmentStore rotated = store(MEGABYTE, NEW_KEY, OLD_KEY);

        String kept = rotated.keep(Tenants.UNKNOWN, upload, "decision-1")
                .orElseThrow()
                .file();
        String younger =
                rotated.upload(Tenants.UNKNOWN, "b.txt", null, text("after")).file();

        assertThat(read(rotated, "decision-1", kept)).asString().isEqualTo("before");
        AttachmentStore newOnly = store(MEGABYTE, NEW_KEY);
        newOnly.keep(Tenants.UNKNOWN, younger, "decision-1");
        assertThat(read(newOnly, "decision-1", younger)).asString().isEqualTo("after");
        assertThatThrownBy(() -> newOnly.open("decision-1", kept))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("old")
                .hasMessageContaining("FLOWMAIL_KEYS_PAYLOADS");
    }

    @Test
    void aChangedByteIsFoundWhereverItStands() throws IOException {
        AttachmentStore store = store();
        String file = store.upload(Tenants.UNKNOWN, "a.bin", null, new ByteArrayInputStream(random(150_000)))
                .file();
        store.keep(Tenants.UNKNOWN, file, "decision-1");
        Path onDisk = data.resolve("requests/decision-1").resolve(file);
        byte[] intact = Files.readAllBytes(onDisk);

        for (int place : new int[] {0, 5, 8, 12, 60, 200, 65_000, 66_000, 140_000, intact.length - 1}) {
            byte[] changed = intact.clone();
            changed[place] ^= 1;
            Files.write(onDisk, changed);
            assertThatThrownBy(() -> read(store, "decision-1", file))
                    .as("changed at %d", place)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatWasCutIsNotReadAsAWholeOne() throws IOException {
        AttachmentStore store = store();
        String file = store.upload(Tenants.UNKNOWN, "a.bin", null, new ByteArrayInputStream(random(150_000)))
                .file();
        store.keep(Tenants.UNKNOWN, file, "decision-1");
        Path onDisk = data.resolve("requests/decision-1").resolve(file);
        byte[] intact = Files.readAllBytes(onDisk);
        int header = Integer.BYTES + Short.BYTES + OLD_KEY.id().length();

        for (int length : new int[] {0, 3, header, header + 10, 1000, header + 65_536, header + 131_072}) {
            Files.write(onDisk, Arrays.copyOf(intact, length));
            assertThatThrownBy(() -> read(store, "decision-1", file))
                    .as("cut at %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void oneFileCannotTakeTheNameOfAnother() throws IOException {
        AttachmentStore store = store();
        String first =
                store.upload(Tenants.UNKNOWN, "first", null, text("first")).file();
        String second =
                store.upload(Tenants.UNKNOWN, "second", null, text("second")).file();
        Files.copy(data.resolve("uploads").resolve(first), data.resolve("requests-of-nobody"));
        Files.delete(data.resolve("uploads").resolve(second));
        Files.move(data.resolve("requests-of-nobody"), data.resolve("uploads").resolve(second));
        Files.setLastModifiedTime(data.resolve("uploads").resolve(second), FileTime.from(START));

        assertThatThrownBy(() -> store.keep(Tenants.UNKNOWN, second, "decision-1"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void keepingTwiceKeepsOnceAlsoWhenTheUploadHasExpiredMeanwhile() throws IOException {
        AttachmentStore store = store();
        String upload = store.upload(Tenants.UNKNOWN, "a.txt", null, text("a")).file();
        StoredFile first = store.keep(Tenants.UNKNOWN, upload, "decision-1").orElseThrow();

        assertThat(store.keep(Tenants.UNKNOWN, upload, "decision-1")).contains(first);
        now = START.plus(Duration.ofDays(3));
        store.sweep(now);

        assertThat(store.keep(Tenants.UNKNOWN, upload, "decision-1")).contains(first);
        assertThat(store.keep(Tenants.UNKNOWN, upload, "decision-2")).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void whatOneRequestForgetsAnotherStillHas() throws IOException {
        AttachmentStore store = store();
        String upload = store.upload(Tenants.UNKNOWN, "a.txt", null, text("a")).file();
        store.keep(Tenants.UNKNOWN, upload, "decision-1");
        store.keep(Tenants.UNKNOWN, upload, "decision-2");

        store.forget("decision-1");
        store.forget("decision-1");
        store.delete(Tenants.UNKNOWN, upload);
        store.delete(Tenants.UNKNOWN, upload);

        assertThatThrownBy(() -> store.open("decision-1", upload)).isInstanceOf(NoSuchFileException.class);
        assertThat(read(store, "decision-2", upload)).asString().isEqualTo("a");
        assertThat(data.resolve("requests/decision-1")).doesNotExist();
        assertThat(store.keep(Tenants.UNKNOWN, upload, "decision-3")).isEmpty();
    }

    @Test
    void anUploadIsKeptAlsoWhereTheDiskCannotShareIt() throws IOException {
        Path otherDisk = Path.of("/dev/shm");
        assumeThat(otherDisk).isDirectory();
        Path requests = Files.createTempDirectory(otherDisk, "flowmail-test");
        try {
            Files.createSymbolicLink(data.resolve("requests"), requests);
            AttachmentStore store = store();

            String kept = store.keep(
                            Tenants.UNKNOWN,
                            store.upload(Tenants.UNKNOWN, "a.txt", null, text("a"))
                                    .file(),
                            "decision-1")
                    .orElseThrow()
                    .file();

            assertThat(read(store, "decision-1", kept)).asString().isEqualTo("a");
            assertThat(requests.resolve("decision-1").toFile().list()).containsExactly(kept);
            store.forget("decision-1");
        } finally {
            Files.delete(requests);
        }
    }

    @Test
    void theSameTextIsKeptOnce() throws IOException {
        AttachmentStore store = store();

        String html = store.keepText("decision-1", "html", "Grüße \uD83D\uDE80");

        assertThat(store.keepText("decision-1", "html", "Grüße \uD83D\uDE80")).isEqualTo(html);
        assertThat(files()).hasSize(1);
        assertThat(read(store, "decision-1", html)).asString(UTF_8).isEqualTo("Grüße \uD83D\uDE80");
        assertThat(store.describe("decision-1", html).size()).isEqualTo(12);
        assertThat(store.keepText("decision-1", "html", "other")).isNotEqualTo(html);
        assertThat(store.keepText("decision-1", "text", "Grüße \uD83D\uDE80")).isNotEqualTo(html);
        assertThat(store.keepText("decision-2", "html", "Grüße \uD83D\uDE80")).isNotEqualTo(html);
    }

    @Test
    void aTextThatManyKeepAtOnceIsWhole() throws Exception {
        AttachmentStore store = store();
        String text = SECRET.repeat(20_000);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> keeping = () -> store.keepText("decision-1", "html", text);
            for (var file : threads.invokeAll(Collections.nCopies(16, keeping))) {
                assertThat(read(store, "decision-1", file.get()))
                        .asString(UTF_8)
                        .isEqualTo(text);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void anUploadLivesForItsTimeAfterItsLastUse() throws IOException {
        AttachmentStore store = store();
        String upload = store.upload(Tenants.UNKNOWN, "a.txt", null, text("a")).file();
        now = START.plus(Duration.ofDays(1));
        store.keep(Tenants.UNKNOWN, upload, "decision-1");

        now = START.plus(Duration.ofDays(3)).minusSeconds(1);
        store.sweep(now);
        assertThat(data.resolve("uploads").resolve(upload)).exists();

        now = START.plus(Duration.ofDays(3));
        assertThat(store.keep(Tenants.UNKNOWN, upload, "decision-2")).isEmpty();
        store.sweep(now);
        assertThat(data.resolve("uploads").resolve(upload)).doesNotExist();
        assertThat(read(store, "decision-1", upload)).asString().isEqualTo("a");
    }

    @Test
    void sweepingTakesExpiredUploadsAndOldLeftOversAndNothingElse() throws IOException {
        AttachmentStore store = store();
        store.sweep(START);
        String expired = store.upload(Tenants.UNKNOWN, "a.txt", null, text("a")).file();
        String oldLeftOver = aged("uploads/" + UUID.randomUUID() + ".part", Duration.ofDays(1));
        String freshLeftOver = aged("uploads/" + UUID.randomUUID() + ".part", Duration.ofHours(23));
        String foreign = aged("uploads/README", Duration.ofDays(900));
        String outside = aged("flowmail.db", Duration.ofDays(900));
        store.keepText("decision-1", "html", "text");
        now = START.plus(KEEP);
        String fresh = store.upload(Tenants.UNKNOWN, "b.txt", null, text("b")).file();

        store.sweep(START.plus(KEEP));

        assertThat(data.resolve("uploads").resolve(expired)).doesNotExist();
        assertThat(data.resolve(oldLeftOver)).doesNotExist();
        assertThat(data.resolve("uploads").resolve(fresh)).exists();
        assertThat(data.resolve(freshLeftOver)).exists();
        assertThat(data.resolve(foreign)).exists();
        assertThat(data.resolve(outside)).exists();
        assertThat(files()).hasSize(5);
    }

    @Test
    void onlyOldFoldersOfRequestsThatAreOverAreSwept() throws IOException {
        AttachmentStore store = store();
        store.sweepRequests(START, requestId -> false);
        for (String requestId : List.of("decision-open", "decision-over", "decision-young")) {
            store.keepText(requestId, "html", "text");
            age(data.resolve("requests").resolve(requestId), Duration.ofDays(151));
        }
        age(data.resolve("requests/decision-young"), Duration.ofDays(149));

        store.sweepRequests(START, requestId -> {
            assertThat(requestId).isNotEqualTo("decision-young");
            return requestId.equals("decision-open");
        });

        assertThat(data.resolve("requests").toFile().list())
                .containsExactlyInAnyOrder("decision-open", "decision-young");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../keys",
                "/etc/passwd",
                "..\\keys",
                "a\0b",
                "3D2F1E4C-0000-4000-8000-000000000000",
                "3d2f1e4c-0000-4000-8000-000000000000/../../keys",
                "3d2f1e4c-0000-4000-8000-00000000000",
                "3d2f1e4c-0000-4000-8000-000000000000\n",
                "%2e%2e"
            })
    void anIdThatFlowmailDoesNotMakeIsUnknown(String hostile) throws IOException {
        AttachmentStore store = store();
        Path keys = Files.writeString(data.resolve("keys"), "secret");
        Files.createDirectories(data.resolve("requests/decision-1"));
        String upload = store.upload(Tenants.UNKNOWN, "a.txt", null, text("a")).file();

        assertThat(store.keep(Tenants.UNKNOWN, hostile, "decision-1")).isEmpty();
        store.delete(Tenants.UNKNOWN, hostile);
        assertThatThrownBy(() -> store.open("decision-1", hostile)).isInstanceOf(NoSuchFileException.class);
        if (!hostile.matches("[a-z0-9-]+")) {
            assertThat(store.keep(Tenants.UNKNOWN, upload, hostile)).isEmpty();
            assertThatThrownBy(() -> store.open(hostile, upload)).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> store.keepText(hostile, "html", "x")).isInstanceOf(IllegalArgumentException.class);
        }
        store.forget(hostile);

        assertThat(keys).hasContent("secret");
        assertThat(files()).hasSize(2);
    }

    @Test
    void aDiskThatCannotBeWrittenIsUnavailableAndUsableAgainOnceItCan() throws IOException {
        AttachmentStore store = store();
        Path inTheWay = Files.writeString(data.resolve("uploads"), "not a folder");

        assertThatThrownBy(() -> store.upload(Tenants.UNKNOWN, "a", null, text("a")))
                .isInstanceOf(StoreUnavailableException.class);

        Files.delete(inTheWay);
        assertThat(store.upload(Tenants.UNKNOWN, "a", null, text("a")).size()).isEqualTo(1);
    }

    @Test
    void aDiskThatGoesAwayWhileItIsWrittenIsUnavailable() throws IOException {
        AttachmentStore store = store();
        InputStream removing = atTheEnd(200_000, () -> {
            for (Path file : files()) {
                Files.delete(file);
            }
            Files.delete(data.resolve("uploads"));
        });

        assertThatThrownBy(() -> store.upload(Tenants.UNKNOWN, "a", null, removing))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aMissingDataDirectoryIsUnavailableAndNotMade() {
        Path missing = data.resolve("not mounted");
        AttachmentStore store =
                new AttachmentStore(missing, new KeyRing(List.of(OLD_KEY)), Limits.ofFile(MEGABYTE), KEEP, () -> now);

        assertThatThrownBy(() -> store.upload(Tenants.UNKNOWN, "a", null, text("a")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.keepText("decision-1", "html", "a"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(missing).doesNotExist();
    }

    private AttachmentStore store() {
        return store(MEGABYTE, OLD_KEY);
    }

    private AttachmentStore store(long maxSize, Key... keys) {
        return new AttachmentStore(data, new KeyRing(List.of(keys)), Limits.ofFile(maxSize), KEEP, () -> now);
    }

    private static Key key(String id, int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return new Key(id, bytes);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static byte[] read(AttachmentStore store, String requestId, String file) throws IOException {
        try (InputStream bytes = store.open(requestId, file)) {
            return bytes.readAllBytes();
        }
    }

    private interface Event {
        void happen() throws IOException;
    }

    private static InputStream atTheEnd(int size, Event event) {
        return new FilterInputStream(new ByteArrayInputStream(new byte[size])) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    event.happen();
                }
                return count;
            }
        };
    }

    private String aged(String file, Duration age) throws IOException {
        Files.writeString(Files.createDirectories(data.resolve("uploads")).resolveSibling(file), "left over");
        age(data.resolve(file), age.minus(KEEP));
        return file;
    }

    private static void age(Path path, Duration age) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(START.minus(age)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(data)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    /** Counts how far the disk is behind what was read from it. */
    private final class Watched extends InputStream {
        private final long size;
        private long delivered;
        private long largestLag;

        Watched(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (delivered == size) {
                return -1;
            }
            long onDisk = 0;
            for (Path file : files()) {
                onDisk += Files.size(file);
            }
            largestLag = Math.max(largestLag, delivered - onDisk);
            int count = (int) Math.min(length, size - delivered);
            delivered += count;
            return count;
        }
    }
}
