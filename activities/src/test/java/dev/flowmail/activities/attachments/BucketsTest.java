package dev.flowmail.activities.attachments;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.Guards;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.S3Process;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers' buckets: on a real S3 server, and on a fake one for what that cannot play. */
@Tag("programs")
class BucketsTest {

    private static final int LIMIT = 300_000;
    private static final Duration AMPLE = Duration.ofMinutes(1);

    @TempDir
    private static Path servers;

    private static S3Process server;

    @TempDir
    private Path data;

    private final WireMockServer fake =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final Buckets buckets = new Buckets(Guards.allowing("127.0.0.1"));
    private AttachmentStore store;

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Process(servers.resolve("s3")).start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() {
        fake.start();
        KeyRing keys = new KeyRing(List.of(new Key("test", new byte[Key.SIZE])));
        store = new AttachmentStore(data, keys, Limits.ofFile(LIMIT), Duration.ofDays(2), InstantSource.system());
    }

    @AfterEach
    void stop() {
        fake.stop();
        buckets.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.bin", "2026/Q1/Übersicht 1+2 & 3%.bin"})
    void anObjectIsFetchedByItsKey(String key) throws IOException {
        byte[] bytes = new byte[LIMIT];
        new Random(1).nextBytes(bytes);
        Path object = server.bucket().resolve(key);
        Files.createDirectories(object.getParent());
        Files.write(object, bytes);

        StoredFile file = fetch(bucket("files"), key);

        assertThat(file.size()).isEqualTo(LIMIT);
        assertThat(read(file)).isEqualTo(bytes);
    }

    @Test
    void aTypeThatSaysNothingIsFoundFromTheBytes() throws IOException {
        fake.stubFor(any(anyUrl())
                .willReturn(aResponse().withBody("%PDF-1.7\n").withHeader("Content-Type", "binary/octet-stream")));
        assertThat(fetch(fakeBucket(), "a").mimeType()).isEqualTo("application/pdf");
    }

    @Test
    void aMissingObjectIsFinal() {
        FetchFailedException failure = failure(bucket("files"), "no-such-object-secret");
        assertThat(failure.isFinal()).isTrue();
        assertThat(failure)
                .hasMessage("the bucket has no object under the key that the file's Embed Uri, Download Uri or Id names"
                        + " (S3 answered 404 NoSuchKey)");
    }

    @Test
    void aMissingBucketIsFinal() {
        FetchFailedException failure = failure(bucket("no-such-bucket"), "a");
        assertThat(failure.isFinal()).isTrue();
        assertThat(failure).hasMessageContaining("check Attachments: S3 Bucket");
    }

    @Test
    void wrongKeysAreFinalAndNamed() {
        S3Bucket wrongSecret = new S3Bucket(
                "files",
                "us-east-1",
                S3Process.ACCESS_KEY,
                "wrong",
                server.endpoint().toString());
        S3Bucket wrongKey = new S3Bucket(
                "files",
                "us-east-1",
                "nobody",
                S3Process.SECRET_KEY,
                server.endpoint().toString());
        for (S3Bucket bucket : List.of(wrongSecret, wrongKey)) {
            FetchFailedException failure = failure(bucket, "a");
            assertThat(failure.isFinal()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("check Attachments: S3 Access Key and Attachments: S3 Secret Key")
                    .hasMessageNotContaining("wrong")
                    .hasMessageNotContaining("nobody");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, true, s3:GetObject",
        "403, InvalidObjectState, true, archived",
        "301, PermanentRedirect, true, 'another region, eu-west-3; check Attachments: S3 Region'",
        "400, AuthorizationHeaderMalformed, true, check Attachments: S3 Region",
        "400, SomethingElse, true, 400 SomethingElse",
        "503, SlowDown, false, S3 answered 503 SlowDown",
        "500, InternalError, false, S3 answered 500 InternalError",
        "400, RequestTimeout, false, S3 answered 400 RequestTimeout",
        "429, TooManyRequests, false, S3 answered 429 TooManyRequests",
    })
    void whatS3RefusesIsSaidInWordsOfTheConfigurationValues(int status, String code, boolean isFinal, String words) {
        fake.stubFor(any(anyUrl()).willReturn(error(status, code).withHeader("x-amz-bucket-region", "eu-west-3")));

        FetchFailedException failure = failure(fakeBucket(), "a");

        assertThat(failure.isFinal()).isEqualTo(isFinal);
        assertThat(failure).hasMessageContaining(words).hasMessageNotContaining("hidden");
        assertThat(fake.getAllServeEvents()).hasSize(1);
    }

    @Test
    void aServerThatIsNoS3IsFinal() {
        fake.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("<html>not here</html>")));
        FetchFailedException failure = failure(fakeBucket(), "a");
        assertThat(failure.isFinal()).isTrue();
        assertThat(failure).hasMessageContaining("Attachments: S3 Endpoint");
    }

    @Test
    void aServerThatCannotBeReachedIsWorthAnotherAttempt() throws IOException {
        FetchFailedException failure = failure(at("http://127.0.0.1:" + Ports.free()), "a");
        assertThat(failure.isFinal()).isFalse();
        assertThat(failure).hasMessageContaining("cannot be reached");
    }

    @Test
    void aServerThatBreaksOffIsWorthAnotherAttempt() {
        fake.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThat(failure(fakeBucket(), "a").isFinal()).isFalse();
        fake.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        assertThat(failure(fakeBucket(), "a").isFinal()).isFalse();
    }

    @Test
    void aServerThatHangsOrTricklesIsWorthAnotherAttempt() throws IOException {
        Duration brief = Duration.ofMillis(500);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FetchFailedException failure = failure(at("http://127.0.0.1:" + silent.getLocalPort()), "a", brief);
            assertThat(failure.isFinal()).isFalse();
            assertThat(failure).hasMessage("S3 did not answer in time");
        }
        fake.stubFor(
                any(anyUrl()).willReturn(aResponse().withBody(new byte[200_000]).withChunkedDribbleDelay(200, 60_000)));
        FetchFailedException failure = failure(fakeBucket(), "a", brief);
        assertThat(failure.isFinal()).isFalse();
        assertThat(failure).hasMessageContaining("in time");
    }

    @Test
    void anObjectAboveTheLimitIsRefused() throws IOException {
        Files.write(server.bucket().resolve("large"), new byte[LIMIT + 1]);
        assertThatExceptionOfType(FileTooLargeException.class).isThrownBy(() -> fetch(bucket("files"), "large"));
        fake.stubFor(any(anyUrl())
                .willReturn(aResponse().withBody(new byte[LIMIT + 1]).withChunkedDribbleDelay(2, 10)));
        assertThatExceptionOfType(FileTooLargeException.class).isThrownBy(() -> fetch(fakeBucket(), "large"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SecondLevelDomainForbidden",
                "PathStyleDomainForbidden",
                "InvalidPathAccess",
                "VirtualHostDomainRequired"
            })
    void aStoreThatWantsTheBucketInTheHostsNameIsAskedSo(String code) throws IOException {
        fake.stubFor(any(urlPathEqualTo("/files/2026/a.txt")).willReturn(error(403, code)));
        fake.stubFor(any(urlPathEqualTo("/2026/a.txt")).willReturn(aResponse().withBody("bytes")));
        try (Buckets everywhere = new Buckets((host, port) -> List.of(InetAddress.getLoopbackAddress()))) {
            S3Bucket bucket = at("http://oss.example.com:" + fake.port());

            StoredFile file = store.fetch("send-1", wanted("a"), everywhere.file(bucket, "2026/a.txt", AMPLE));

            assertThat(read(file)).isEqualTo("bytes".getBytes(UTF_8));
        }
        fake.verify(anyRequestedFor(urlPathEqualTo("/2026/a.txt"))
                .withHeader("Host", equalTo("files.oss.example.com:" + fake.port())));
    }

    @Test
    void aStoreThatTakesNeitherStyleIsFinal() throws IOException {
        fake.stubFor(any(anyUrl()).willReturn(error(403, "SecondLevelDomainForbidden")));
        try (Buckets everywhere = new Buckets((host, port) -> List.of(InetAddress.getLoopbackAddress()))) {
            RemoteFile file = everywhere.file(at("http://oss.example.com:" + fake.port()), "a", AMPLE);

            Throwable failure = catchThrowable(() -> store.fetch("send-1", wanted("a"), file));

            assertThat(failure).isInstanceOf(FetchFailedException.class);
            assertThat(((FetchFailedException) failure).isFinal()).isTrue();
        }
        assertThat(fake.getAllServeEvents()).hasSize(2);
    }

    @Test
    void anObjectIsCalledWhatItsBucketCallsIt() throws IOException {
        fake.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withBody("%PDF-1.7")
                        .withHeader("Content-Disposition", "attachment; filename=\"Offer.pdf\"")));
        WantedFile unnamed = new WantedFile("a", "5e2c1b7e", false, null);

        assertThat(store.fetch("send-1", unnamed, buckets.file(fakeBucket(), "a", AMPLE))
                        .name())
                .isEqualTo("Offer.pdf");
    }

    @Test
    void anObjectThatIsKeptPackedIsUnpacked() throws IOException {
        String csv = "number,price\n4711,100\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(csv.getBytes(UTF_8));
        }
        fake.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withBody(packed.toByteArray())
                        .withHeader("Content-Type", "text/csv")
                        .withHeader("Content-Encoding", "gzip")));

        assertThat(read(fetch(fakeBucket(), "prices.csv"))).isEqualTo(csv.getBytes(UTF_8));
        assertThat(read(fetch(fakeBucket(), "prices.csv.gz"))).isEqualTo(packed.toByteArray());
    }

    @Test
    void anEndpointThatIsNotPublicIsNotDialled() {
        try (Buckets guarded = new Buckets(new AllowList(List.of()))) {
            assertThatExceptionOfType(AddressRefusedException.class)
                    .isThrownBy(() -> store.fetch("send-1", wanted("a"), guarded.file(fakeBucket(), "a", AMPLE)))
                    .withMessageContaining("FLOWMAIL_NETWORK_ALLOW");
        }
        assertThat(fake.getAllServeEvents()).isEmpty();
    }

    @Test
    void theServersOwnKeysAreNeverUsed() throws IOException {
        System.setProperty("aws.accessKeyId", "the-servers-own");
        System.setProperty("aws.secretAccessKey", "the-servers-own");
        System.setProperty("aws.endpointUrlS3", "http://127.0.0.1:1");
        try {
            fake.stubFor(any(anyUrl()).willReturn(aResponse().withBody("bytes")));
            fetch(fakeBucket(), "a");
            // Amazon's own address, whatever the server's environment says: which the guard refuses here
            S3Bucket amazons = new S3Bucket("files", "eu-central-1", "callers", "secret", null);
            try (Buckets guarded = new Buckets((host, port) -> {
                throw new AddressRefusedException(host);
            })) {
                assertThatExceptionOfType(AddressRefusedException.class)
                        .isThrownBy(() -> store.fetch("send-2", wanted("a"), guarded.file(amazons, "a", AMPLE)))
                        .withMessageStartingWith("files.s3.eu-central-1.amazonaws.com ");
            }
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
            System.clearProperty("aws.endpointUrlS3");
        }
        assertThat(fake.getAllServeEvents().get(0).getRequest().getHeader("Authorization"))
                .contains("Credential=callers/")
                .doesNotContain("the-servers-own");
    }

    private static ResponseDefinitionBuilder error(int status, String code) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/xml")
                .withBody(("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                                + "</Code><Message>hidden words</Message></Error>")
                        .getBytes(UTF_8));
    }

    private static S3Bucket bucket(String name) {
        return new S3Bucket(
                name,
                "us-east-1",
                S3Process.ACCESS_KEY,
                S3Process.SECRET_KEY,
                server.endpoint().toString());
    }

    private S3Bucket fakeBucket() {
        return at(fake.baseUrl().replace("localhost", "127.0.0.1"));
    }

    private static S3Bucket at(String endpoint) {
        return new S3Bucket(
                "files", "us-east-1", "callers", "secret", URI.create(endpoint).toString());
    }

    private StoredFile fetch(S3Bucket bucket, String key) throws IOException {
        return fetch(bucket, key, AMPLE);
    }

    private StoredFile fetch(S3Bucket bucket, String key, Duration patience) throws IOException {
        return store.fetch("send-1", wanted(bucket.endpoint() + key), buckets.file(bucket, key, patience));
    }

    private static WantedFile wanted(String identity) {
        return new WantedFile(identity, "file", true, null);
    }

    private FetchFailedException failure(S3Bucket bucket, String key) {
        return failure(bucket, key, AMPLE);
    }

    private FetchFailedException failure(S3Bucket bucket, String key, Duration patience) {
        Throwable failure = catchThrowable(() -> fetch(bucket, key, patience));
        assertThat(failure).isInstanceOf(FetchFailedException.class);
        return (FetchFailedException) failure;
    }

    private byte[] read(StoredFile file) throws IOException {
        try (InputStream bytes = store.open("send-1", file.file())) {
            return bytes.readAllBytes();
        }
    }
}
