package dev.flowmail.activities.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.servers.S3Process;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose uploads are, and how much room they take, in both kinds of store. */
@Tag("programs")
class UploadsOfTenantsTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final Duration KEEP = Duration.ofDays(2);
    private static final Tenants ONE = tenant("67204d5c-6022-474d-8f80-0d576b43d02d");
    private static final Tenants OTHER = tenant("0a1b2c3d-6022-474d-8f80-0d576b43d02d");

    enum Kind {
        DIRECTORY,
        S3
    }

    @TempDir
    private static Path s3Data;

    private static S3Process server;

    @TempDir
    private Path data;

    private final List<AttachmentStore> stores = new ArrayList<>();
    private Instant now = Instant.now();

    @BeforeAll
    static void start() throws IOException {
        server = new S3Process(s3Data.resolve("s3")).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() throws IOException {
        try (AttachmentStore store = store(Kind.S3, Limits.ofFile(MEGABYTE))) {
            store.sweep(Instant.now().plus(Duration.ofDays(9)));
        }
    }

    @AfterEach
    void close() {
        stores.forEach(AttachmentStore::close);
    }

    @ParameterizedTest
    @EnumSource
    void anotherTenantNeitherFindsNorKeepsNorDeletesAnUpload(Kind kind) throws IOException {
        AttachmentStore store = store(kind, Limits.ofFile(MEGABYTE));
        String id = store.upload(ONE, "a.txt", null, bytes(10)).file();

        for (Tenants stranger : List.of(OTHER, Tenants.UNKNOWN)) {
            assertThat(store.find(stranger, id, "send-2")).isEmpty();
            assertThat(store.keep(stranger, id, "send-2")).isEmpty();
            store.delete(stranger, id);
        }

        assertThat(store.find(ONE, id, "send-1")).isPresent();
        assertThat(store.keep(tenant("67204D5C-6022-474D-8F80-0D576B43D02D"), id, "send-1"))
                .isPresent();
        store.delete(ONE, id);
        assertThat(store.find(ONE, id, "send-3")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anUploadWithoutATenantIsForWhoeverHasItsId(Kind kind) throws IOException {
        AttachmentStore store = store(kind, Limits.ofFile(MEGABYTE));
        String id = store.upload(Tenants.UNKNOWN, "a.txt", null, bytes(10)).file();

        assertThat(store.keep(ONE, id, "send-1")).isPresent();
        assertThat(store.keep(OTHER, id, "send-2")).isPresent();
        assertThat(store.keep(Tenants.UNKNOWN, id, "send-3")).isPresent();
        store.delete(ONE, id);
        assertThat(store.keep(Tenants.UNKNOWN, id, "send-4")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eitherOfTwoTenantsThatARequestNamesMayBeTheUploads(Kind kind) throws IOException {
        AttachmentStore store = store(kind, Limits.ofFile(MEGABYTE));
        String id = store.upload(OTHER, "a.txt", null, bytes(10)).file();

        Tenants both =
                Tenants.of(Stream.of("67204d5c-6022-474d-8f80-0d576b43d02d", " 0a1b2c3d-6022-474d-8f80-0d576b43d02d"));
        assertThat(store.keep(both, id, "send-1")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void aTenantsUploadsTakeNoMoreThanItsShareAndLeaveOthersTheirs(Kind kind) throws IOException {
        AttachmentStore store = store(kind, new Limits(MEGABYTE, 3 * MEGABYTE, 100 * MEGABYTE));
        List<String> files = new ArrayList<>();
        for (int file = 0; file < 3; file++) {
            files.add(store.upload(ONE, "a", null, bytes(900_000)).file());
        }

        assertThatExceptionOfType(NoRoomException.class)
                .isThrownBy(() -> store.upload(ONE, "b", null, bytes(900_000)))
                .satisfies(full -> assertThat(full.isTenants()).isTrue())
                .satisfies(full -> assertThat(full.limit()).isEqualTo("3 MB"));
        store.upload(OTHER, "b", null, bytes(900_000));
        store.upload(Tenants.UNKNOWN, "b", null, bytes(900_000));

        store.delete(ONE, files.get(0));
        store.upload(ONE, "b", null, bytes(900_000));
    }

    @ParameterizedTest
    @EnumSource
    void theStoreTakesNoMoreThanItsLimitAndHasRoomAgainOnceUploadsHaveExpired(Kind kind) throws IOException {
        Limits limits = new Limits(MEGABYTE, 2 * MEGABYTE, 3 * MEGABYTE);
        AttachmentStore store = store(kind, limits);
        store.upload(ONE, "a", null, bytes(MEGABYTE - 1));
        // what others, or an earlier process, have taken counts too
        store(kind, limits).upload(OTHER, "a", null, bytes(MEGABYTE - 1));
        AttachmentStore later = store(kind, limits);

        assertThatExceptionOfType(NoRoomException.class)
                .isThrownBy(() -> later.upload(Tenants.UNKNOWN, "b", null, bytes(MEGABYTE - 1)))
                .satisfies(full -> assertThat(full.isTenants()).isFalse());
        assertThat(later.upload(ONE, "c", null, bytes(300_000)).size()).isEqualTo(300_000);

        now = now.plus(KEEP).plusSeconds(5);
        later.sweep(now);
        assertThat(later.upload(Tenants.UNKNOWN, "b", null, bytes(MEGABYTE - 1)).size())
                .isEqualTo(MEGABYTE - 1);
    }

    @ParameterizedTest
    @EnumSource
    void manySmallFilesTakeRoomToo(Kind kind) throws IOException {
        AttachmentStore store = store(kind, new Limits(MEGABYTE, MEGABYTE, 100 * MEGABYTE));

        assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> {
            for (int file = 0; file < 17; file++) {
                store.upload(ONE, "a", null, bytes(0));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void uploadsAtTheSameTimeTakeNoMoreThanOneAfterTheOther(Kind kind) throws Exception {
        AttachmentStore store = store(kind, new Limits(MEGABYTE, 5 * MEGABYTE, 100 * MEGABYTE));
        CyclicBarrier together = new CyclicBarrier(12);
        Callable<Boolean> upload = () -> {
            together.await();
            try {
                store.upload(ONE, "a", null, bytes(MEGABYTE - 1));
                return true;
            } catch (NoRoomException full) {
                return false;
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            int taken = 0;
            for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(12, upload))) {
                taken += one.get() ? 1 : 0;
            }
            assertThat(taken).isLessThanOrEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.upload(OTHER, "b", null, bytes(10)).size()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void whatBrokeOffTakesNoRoom(Kind kind) throws IOException {
        AttachmentStore store = store(kind, new Limits(MEGABYTE, MEGABYTE, MEGABYTE));
        for (int time = 0; time < 3; time++) {
            assertThatExceptionOfType(FileTooLargeException.class)
                    .isThrownBy(() ->
                            store(kind, new Limits(10, MEGABYTE, MEGABYTE)).upload(ONE, "large", null, bytes(900_000)));
            assertThatExceptionOfType(NoRoomException.class)
                    .isThrownBy(() -> store.upload(ONE, "large", null, bytes(MEGABYTE + 1)));
        }

        assertThat(store.upload(ONE, "b", null, bytes(900_000)).size()).isEqualTo(900_000);
    }

    private AttachmentStore store(Kind kind, Limits limits) throws IOException {
        KeyRing keys = new KeyRing(List.of(new Key("test", new byte[Key.SIZE])));
        AttachmentStore store = kind == Kind.DIRECTORY
                ? new AttachmentStore(data, keys, limits, KEEP, () -> now)
                : AttachmentStore.inBucket(
                        new StoreBucket(
                                "files",
                                "us-east-1",
                                server.endpoint(),
                                S3Process.ACCESS_KEY,
                                S3Process.SECRET_KEY,
                                true),
                        Files.createTempDirectory(data, "replica"),
                        keys,
                        limits,
                        KEEP,
                        () -> now);
        stores.add(store);
        return store;
    }

    private static Tenants tenant(String id) {
        return Tenants.of(Stream.of(id));
    }

    private static InputStream bytes(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }
}
