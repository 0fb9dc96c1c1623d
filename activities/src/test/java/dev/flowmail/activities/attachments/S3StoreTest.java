package dev.flowmail.activities.attachments;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.servers.S3Process;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attachment store in a bucket of a real S3 server; the rules that do not depend on the place: AttachmentStoreTest. */
@Tag("programs")
class S3StoreTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final Duration KEEP = Duration.ofDays(2);
    private static final String SECRET = "the salary of the managing director";

    @TempDir
    private static Path servers;

    private static S3Process server;

    @TempDir
    private Path data;

    private final List<AttachmentStore> stores = new ArrayList<>();
    private Instant now = Instant.now();

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Process(servers.resolve("s3")).start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void empty() throws IOException {
        for (Path file : objects()) {
            Files.delete(file);
        }
    }

    @AfterEach
    void close() {
        stores.forEach(AttachmentStore::close);
    }

    @Test
    void whatOneReplicaTookAnotherOneSends() throws IOException {
        byte[] bytes = random(3 * MEGABYTE);
        StoredFile upload = store("one")
                .upload(Tenants.UNKNOWN, "report.bin", "application/x-report", new ByteArrayInputStream(bytes));
        StoredFile kept =
                store("two").keep(Tenants.UNKNOWN, upload.file(), "decision-1").orElseThrow();
        AttachmentStore third = store("three");

        assertThat(kept).isEqualTo(upload);
        assertThat(third.describe("decision-1", kept.file())).isEqualTo(upload);
        assertThat(read(third, "decision-1", kept.file())).isEqualTo(bytes);
        assertThat(objects())
                .containsExactlyInAnyOrder(
                        server.bucket().resolve("uploads").resolve(upload.file()),
                        server.bucket().resolve("requests/decision-1").resolve(upload.file()));
    }

    @Test
    void neitherContentNorNameStandsInClearInTheBucketOrOnTheWay() throws IOException {
        AttachmentStore store = store("one");
        StoredFile upload = store.upload(Tenants.UNKNOWN, "dismissals.txt", null, text(SECRET.repeat(5000)));
        store.keep(Tenants.UNKNOWN, upload.file(), "decision-1");
        store.keepText("decision-1", "html", SECRET);
        store.fetch(
                "decision-1",
                new WantedFile("https://example.com/dismissals", "dismissals.txt", true, null),
                receiver -> receiver.receive(new RemoteFile.Head("example.com", null, null, -1), text(SECRET)));

        assertThat(objects()).hasSize(4);
        for (Path object : objects()) {
            assertThat(Files.readString(object, ISO_8859_1)).doesNotContain(SECRET, "dismissals");
            assertThat(object.toString()).doesNotContain("dismissals");
        }
        assertThat(files(data)).isEmpty();
    }

    @Test
    void whatIsStoredNeedsNeitherNewChecksumsNorChunkedSignatures() throws IOException {
        WireMockServer plain = new WireMockServer(wireMockConfig().dynamicPort());
        plain.start();
        try {
            // nothing is there yet
            plain.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
            plain.stubFor(put(anyUrl()).willReturn(aResponse()));
            AttachmentStore store = store("one", "files", S3Process.SECRET_KEY, URI.create(plain.baseUrl()));

            store.keepText("decision-1", "html", SECRET.repeat(10_000));
            assertThat(plain.findAll(putRequestedFor(anyUrl()))).hasSize(1).allSatisfy(request -> {
                assertThat(request.getHeader("x-amz-content-sha256")).doesNotContain("STREAMING");
                assertThat(request.getHeaders().keys())
                        .noneMatch(name -> name.startsWith("x-amz-checksum") || name.startsWith("x-amz-sdk-checksum"))
                        .doesNotContain("x-amz-trailer", "x-amz-decoded-content-length", "Content-Encoding");
            });
        } finally {
            plain.stop();
        }
    }

    @Test
    void aFileAboveTheLimitOrBrokenOffLeavesNothing() throws IOException {
        AttachmentStore store = store("one");
        assertThatExceptionOfType(FileTooLargeException.class)
                .isThrownBy(() -> store.upload(
                        Tenants.UNKNOWN, "a", null, new ByteArrayInputStream(new byte[40 * MEGABYTE + 1])));
        InputStream broken = new FilterInputStream(text("a")) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("broken off");
            }
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.upload(Tenants.UNKNOWN, "a", null, broken))
                .withMessage("broken off");
        assertThat(objects()).isEmpty();
        assertThat(files(data)).isEmpty();
    }

    @Test
    void anUploadExpiresWithItsAgeAndAUseProlongsItsLife() throws IOException {
        AttachmentStore store = store("one");
        String used = store.upload(Tenants.UNKNOWN, "used", null, text("a")).file();
        String unused = store.upload(Tenants.UNKNOWN, "unused", null, text("b")).file();
        now = now.plus(Duration.ofDays(1));
        assertThat(store.keep(Tenants.UNKNOWN, used, "send-1")).isPresent();
        now = now.plus(KEEP).minus(Duration.ofHours(1));

        assertThat(store.find(Tenants.UNKNOWN, used, "send-2")).isPresent();
        assertThat(store.find(Tenants.UNKNOWN, unused, "send-2")).isEmpty();
        assertThat(store.keep(Tenants.UNKNOWN, unused, "send-2")).isEmpty();
        store.sweep(now);

        assertThat(files(server.bucket().resolve("uploads")))
                .containsExactly(server.bucket().resolve("uploads").resolve(used));
        assertThat(read(store, "send-1", used)).isEqualTo(new byte[] {'a'});
    }

    @Test
    void aRequestIsForgottenWithoutItsNeighbours() throws IOException {
        AttachmentStore store = store("one");
        String file = store.keepText("decision-1", "html", "text");
        String other = store.keepText("decision-10", "html", "text");

        store.forget("decision-1");
        store.forget("decision-1");

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.open("decision-1", file));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.describe("decision-1", file));
        assertThat(read(store, "decision-10", other)).isEqualTo("text".getBytes(UTF_8));
    }

    @Test
    void orphansAreSweptUnlessTheirRequestIsOpen() throws IOException {
        AttachmentStore store = store("one");
        store.keepText("decision-open", "html", "text");
        store.keepText("decision-ended", "html", "text");

        store.sweepRequests(now.plus(Duration.ofDays(149)), request -> false);
        assertThat(objects()).hasSize(2);
        store.sweepRequests(now.plus(Duration.ofDays(151)), request -> request.equals("decision-open"));

        assertThat(objects()).hasSize(1).first().asString().contains("decision-open");
    }

    @Test
    void aDeletedUploadStaysWithTheRequestsThatKeepIt() throws IOException {
        AttachmentStore store = store("one");
        String id = store.upload(Tenants.UNKNOWN, "a", null, text("a")).file();
        store.keep(Tenants.UNKNOWN, id, "send-1");

        store.delete(Tenants.UNKNOWN, id);
        store.delete(Tenants.UNKNOWN, id);

        assertThat(store.keep(Tenants.UNKNOWN, id, "send-1")).isPresent();
        assertThat(store.keep(Tenants.UNKNOWN, id, "send-2")).isEmpty();
        assertThat(store.keep(Tenants.UNKNOWN, UUID.randomUUID().toString(), "send-1"))
                .isEmpty();
    }

    @Test
    void aChangedObjectIsNotReadAsIfItWereWhole() throws IOException {
        AttachmentStore store = store("one");
        String file = store.keepText("decision-1", "html", SECRET.repeat(10_000));
        Path object = server.bucket().resolve("requests/decision-1").resolve(file);
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.write(object, bytes);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(store, "decision-1", file));
    }

    @Test
    void whatACrashLeftOnTheWayIsDeletedAtTheNextStart() throws IOException {
        Path outgoing = Files.createDirectories(data.resolve("one/outgoing"));
        Files.writeString(outgoing.resolve("4711.part"), "half");

        store("one");

        assertThat(files(data)).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReachedSaysSoAndComesBack() throws IOException {
        AttachmentStore store = store("one");
        String id = store.upload(Tenants.UNKNOWN, "a", null, text("a")).file();
        server.kill();
        try {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.upload(Tenants.UNKNOWN, "b", null, text("b")));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.keep(Tenants.UNKNOWN, id, "send-1"));
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.open("send-1", id));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.delete(Tenants.UNKNOWN, id));
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.sweep(now));
        } finally {
            server.start();
        }
        assertThat(store.keep(Tenants.UNKNOWN, id, "send-1")).isPresent();
    }

    @Test
    void aFileThatBreaksOffIsTheStoresFailure() throws IOException {
        WireMockServer breaking = new WireMockServer(wireMockConfig().dynamicPort());
        breaking.start();
        try {
            breaking.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
            AttachmentStore store = store("one", "files", S3Process.SECRET_KEY, URI.create(breaking.baseUrl()));

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> read(store, "send-1", UUID.randomUUID().toString()));
        } finally {
            breaking.stop();
        }
    }

    @Test
    void aTrialLeavesNothingAndNamesWhatIsWrong() throws IOException {
        store("one").tryOut();
        assertThat(objects()).isEmpty();
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() ->
                        store("two", "no-such-bucket", S3Process.SECRET_KEY).tryOut())
                .withMessageContaining("404 NoSuchBucket");
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store("three", "files", "wrong").tryOut())
                .withMessageContaining("403 SignatureDoesNotMatch")
                .withMessageNotContaining("wrong");
    }

    private AttachmentStore store(String replica) throws IOException {
        return store(replica, "files", S3Process.SECRET_KEY);
    }

    private AttachmentStore store(String replica, String bucket, @Nullable String secretKey) throws IOException {
        return store(replica, bucket, secretKey, server.endpoint());
    }

    private AttachmentStore store(String replica, String bucket, @Nullable String secretKey, URI endpoint)
            throws IOException {
        AttachmentStore store = AttachmentStore.inBucket(
                new StoreBucket(bucket, "us-east-1", endpoint, S3Process.ACCESS_KEY, secretKey, true),
                Files.createDirectories(data.resolve(replica)),
                new KeyRing(List.of(new Key("test", new byte[Key.SIZE]))),
                Limits.ofFile(40 * MEGABYTE),
                KEEP,
                () -> now);
        stores.add(store);
        return store;
    }

    private static byte[] read(AttachmentStore store, String request, String file) throws IOException {
        try (InputStream bytes = store.open(request, file)) {
            return bytes.readAllBytes();
        }
    }

    private static List<Path> objects() throws IOException {
        return files(server.bucket());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
