package dev.flowmail.activities.attachments;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.Guards;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {

    private static final int LIMIT = 300_000;
    private static final String PACKED = "number,price\n4711,100\n";
    private static final Duration AMPLE = Duration.ofMinutes(1);
    private static final String SECRET = "?signature=c2VjcmV0";

    @TempDir
    private Path data;

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final GuardedHttp http = new GuardedHttp(Guards.allowing("127.0.0.1", "localhost"));
    private AttachmentStore store;

    @BeforeEach
    void start() {
        server.start();
        KeyRing keys = new KeyRing(List.of(new Key("test", new byte[Key.SIZE])));
        store = new AttachmentStore(data, keys, Limits.ofFile(LIMIT), Duration.ofDays(2), InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
        http.close();
    }

    @Test
    void aFileIsFetchedIntoTheRequestsFolder() throws IOException {
        byte[] bytes = new byte[LIMIT];
        new Random(1).nextBytes(bytes);
        server.stubFor(get("/a" + SECRET)
                .willReturn(aResponse().withBody(bytes).withHeader("Content-Type", "application/x-report")));

        StoredFile file = fetch("/a" + SECRET);

        assertThat(file.size()).isEqualTo(LIMIT);
        assertThat(file.mimeType()).isEqualTo("application/x-report");
        assertThat(read(file)).isEqualTo(bytes);
        server.verify(getRequestedFor(urlPathEqualTo("/a")).withHeader("Accept-Encoding", equalTo("identity")));
    }

    @Test
    void neitherTheFileNorItsAddressStandsInClearOnTheDisk() throws IOException {
        server.stubFor(get("/salaries" + SECRET).willReturn(ok("the salary of the managing director")));

        fetch("/salaries" + SECRET);

        assertThat(files()).hasSize(1);
        assertThat(files().get(0).toString()).doesNotContain("salaries", "signature");
        assertThat(Files.readString(files().get(0), ISO_8859_1)).doesNotContain("managing", "signature", "salaries");
    }

    @Test
    void aFileIsFetchedOnceForARequest() throws IOException {
        server.stubFor(get("/a").willReturn(ok("first")));
        StoredFile first = fetch("/a");
        server.stubFor(get("/a").willReturn(ok("second")));

        assertThat(fetch("/a")).isEqualTo(first);
        assertThat(read(first)).isEqualTo("first".getBytes(UTF_8));
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void theMailsOfARequestThatGoOutTogetherFetchOnce() {
        server.stubFor(get("/a").willReturn(ok("bytes").withFixedDelay(300)));

        List<CompletableFuture<StoredFile>> fetches = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return fetch("/a");
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                }))
                .limit(4)
                .toList();

        assertThat(fetches).allSatisfy(fetch -> assertThat(fetch.join().size()).isEqualTo(5));
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void whatIsForgottenIsFetchedAnew() throws IOException {
        server.stubFor(get("/a").willReturn(ok("first")));
        fetch("/a");
        store.forget("send-1");
        server.stubFor(get("/a").willReturn(ok("second")));

        assertThat(read(fetch("/a"))).isEqualTo("second".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/octet-stream", "binary/octet-stream", "nonsense"})
    void aTypeThatSaysNothingIsFoundFromTheBytes(String type) throws IOException {
        server.stubFor(get("/a").willReturn(aResponse().withBody("%PDF-1.7\n").withHeader("Content-Type", type)));

        assertThat(fetch("/a").mimeType()).isEqualTo("application/pdf");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451, 300, 304})
    void aRefusalIsFinalAndNamesHostAndStatusOnly(int status) {
        server.stubFor(get(urlPathEqualTo("/a")).willReturn(aResponse().withStatus(status)));

        FetchFailedException failure = failure("/a" + SECRET);

        assertThat(failure.isFinal()).isTrue();
        assertThat(failure)
                .hasMessageStartingWith("127.0.0.1 answered " + status)
                .message()
                .doesNotContain("signature", "/a");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 202, 204, 206})
    void everythingElseIsWorthAnotherAttempt(int status) {
        server.stubFor(get("/a").willReturn(aResponse().withStatus(status)));

        FetchFailedException failure = failure("/a");

        assertThat(failure.isFinal()).isFalse();
        assertThat(failure).hasMessage("127.0.0.1 answered " + status);
    }

    @Test
    void aServerThatCannotBeReachedIsWorthAnotherAttempt() throws IOException {
        FetchFailedException failure = failureAt("http://127.0.0.1:" + Ports.free() + "/a" + SECRET, AMPLE);
        assertThat(failure.isFinal()).isFalse();
        assertThat(failure).message().contains("127.0.0.1 cannot be reached").doesNotContain("signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RANDOM_DATA_THEN_CLOSE", "CONNECTION_RESET_BY_PEER", "MALFORMED_RESPONSE_CHUNK"})
    void aBrokenOffFileIsWorthAnotherAttemptAndLeavesNothing(String fault) {
        server.stubFor(get("/a").willReturn(aResponse().withFault(Fault.valueOf(fault))));

        assertThat(failure("/a").isFinal()).isFalse();
        assertThat(files()).isEmpty();
    }

    @Test
    void aServerThatHangsIsWorthAnotherAttempt() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FetchFailedException failure =
                    failureAt("http://127.0.0.1:" + silent.getLocalPort() + "/a", Duration.ofMillis(300));
            assertThat(failure.isFinal()).isFalse();
            assertThat(failure).hasMessage("127.0.0.1 did not answer in time");
        }
    }

    @Test
    void aFileAboveTheLimitIsRefusedBeforeAndWhileItArrives() {
        server.stubFor(get("/told").willReturn(aResponse().withBody(new byte[LIMIT + 1])));
        server.stubFor(get("/untold")
                .willReturn(aResponse().withBody(new byte[LIMIT + 1]).withChunkedDribbleDelay(2, 10)));

        for (String path : List.of("/told", "/untold")) {
            FileTooLargeException failure = catchThrowableOfType(FileTooLargeException.class, () -> fetch(path));
            assertThat(failure.limit()).isEqualTo(LIMIT + " bytes");
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFollowed(int status) throws IOException {
        server.stubFor(get("/a").willReturn(aResponse().withStatus(status).withHeader("Location", "b?x=1")));
        server.stubFor(get("/b?x=1").willReturn(ok("there")));

        assertThat(read(fetch("/a"))).isEqualTo("there".getBytes(UTF_8));
    }

    @Test
    void aRedirectToWhatMayNotBeDialledIsRefused() {
        server.stubFor(get("/a")
                .willReturn(aResponse()
                        .withStatus(302)
                        .withHeader("Location", "http://127.0.0.2:" + server.port() + "/b")));
        server.stubFor(get("/b").willReturn(ok("the cloud's metadata")));

        assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> fetch("/a"));
        server.verify(0, getRequestedFor(urlEqualTo("/b")));
    }

    @Test
    void aRedirectFromHttpsToHttpIsRefused(@TempDir Path directory) throws Exception {
        WireMockServer secure = new WireMockServer(wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .keystorePath(TestCertificate.forName(directory, "localhost")
                        .keyStore()
                        .toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD));
        secure.start();
        secure.stubFor(
                get("/a").willReturn(aResponse().withStatus(302).withHeader("Location", server.baseUrl() + "/b")));
        SSLContext trusting =
                SSLContexts.custom().loadTrustMaterial((chain, type) -> true).build();
        try (GuardedHttp encrypted = new GuardedHttp(Guards.allowing("localhost"), trusting)) {
            RemoteFile file = new Downloads(encrypted).file("https://localhost:" + secure.httpsPort() + "/a", AMPLE);
            FetchFailedException failure = catchThrowableOfType(
                    FetchFailedException.class, () -> store.fetch("send-1", wanted("a", "a"), file));
            assertThat(failure).hasMessage("localhost answered 302 with an address that is not encrypted");
            assertThat(failure.isFinal()).isTrue();
        } finally {
            secure.stop();
        }
        server.verify(0, getRequestedFor(urlEqualTo("/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "file:///etc/passwd", "http://user:secret@127.0.0.1/", "http://exa mple/", ""})
    void aRedirectThatLeadsNowhereIsFinal(String location) {
        server.stubFor(get("/a").willReturn(aResponse().withStatus(302).withHeader("Location", location)));

        FetchFailedException failure = failure("/a");

        assertThat(failure.isFinal()).isTrue();
        assertThat(failure).message().doesNotContain("secret", "passwd");
    }

    @Test
    void aRedirectMayBeWrittenAsPeopleWriteAddresses() throws Exception {
        server.stubFor(get("/files/Angebot%20M%C3%BCller%20100%25.pdf").willReturn(ok("there")));
        byte[] location = "/files/Angebot Müller 100%.pdf".getBytes(UTF_8);
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> redirectOnce(raw, location));

            StoredFile file = fetchFrom("http://127.0.0.1:" + raw.getLocalPort() + "/a", AMPLE);

            answered.join();
            assertThat(read(file)).isEqualTo("there".getBytes(UTF_8));
        }
    }

    /** WireMock encodes headers. */
    private void redirectOnce(ServerSocket server, byte[] path) {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[8_192];
            assertThat(socket.getInputStream().read(request)).isPositive();
            OutputStream out = socket.getOutputStream();
            out.write(("HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                            + this.server.port())
                    .getBytes(UTF_8));
            out.write(path);
            out.write("\r\n\r\n".getBytes(UTF_8));
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aHostWithAnUnderscoreIsDialled() throws IOException {
        server.stubFor(get("/x.pdf").willReturn(ok("there")));
        NetworkGuard loopback = (host, port) -> List.of(InetAddress.getLoopbackAddress());
        try (GuardedHttp anywhere = new GuardedHttp(loopback)) {
            RemoteFile file =
                    new Downloads(anywhere).file("http://my_bucket.example:" + server.port() + "/x.pdf", AMPLE);

            assertThat(read(store.fetch("send-1", wanted("x", "x.pdf"), file))).isEqualTo("there".getBytes(UTF_8));
        }
        server.verify(getRequestedFor(urlEqualTo("/x.pdf"))
                .withHeader("Host", equalTo("my_bucket.example:" + server.port())));
    }

    @ParameterizedTest
    @CsvSource({
        "offer.pdf, true, application/pdf",
        "offer.pdf, true, ",
        "offer, true, application/pdf",
        "offer.pdf, false, ",
        "prices.csv, true, ",
    })
    void aWebPageWhereAnotherTypeWasPromisedIsFinal(String name, boolean isNameGiven, @Nullable String mimeType) {
        server.stubFor(get("/offer.pdf").willReturn(aResponse().withStatus(302).withHeader("Location", "/login")));
        server.stubFor(get("/login")
                .willReturn(ok("<!DOCTYPE html><html><body>Sign in</body></html>")
                        .withHeader("Content-Type", "text/html; charset=utf-8")));

        FetchFailedException failure = catchThrowableOfType(
                FetchFailedException.class,
                () -> fetch("/offer.pdf", new WantedFile("a", name, isNameGiven, mimeType)));

        assertThat(failure.isFinal()).isTrue();
        assertThat(failure).hasMessageContaining("web page where a file was promised");
        assertThat(files()).isEmpty();
    }

    @Test
    void aWebPageIsKnownByItsBytesWhereItsTypeSaysNothing() {
        server.stubFor(get("/a").willReturn(ok("<html><head><title>Sign in</title></head></html>")));

        FetchFailedException failure = catchThrowableOfType(
                FetchFailedException.class, () -> fetch("/a", new WantedFile("a", "offer.pdf", true, null)));

        assertThat(failure.isFinal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "report.html, true, , text/html, <html><body>a</body></html>",
        "report, true, text/html, text/html, <html><body>a</body></html>",
        "report, false, , text/html, <html><body>a</body></html>",
        "report.php, false, , text/html, <html><body>a</body></html>",
        "report.pdf, true, application/pdf, text/html, %PDF-1.7",
        "source.txt, true, , text/plain, <html><body>a</body></html>",
    })
    void aPageThatWasAskedForAndAFileThatIsOnlyCalledAPageAreFiles(
            String name, boolean isNameGiven, @Nullable String mimeType, String type, String body) throws IOException {
        server.stubFor(get("/a").willReturn(ok(body).withHeader("Content-Type", type)));

        assertThat(read(fetch("/a", new WantedFile("a", name, isNameGiven, mimeType))))
                .isEqualTo(body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=\"Offer.pdf\"; filename*=UTF-8''Offer%20%E2%82%AC.pdf | Offer €.pdf",
                "attachment; filename*=iso-8859-1''Gr%FC%DFe.pdf; filename=x.pdf | Grüße.pdf",
                "inline; FileName=\"Offer \\\"A\\\".pdf\" | Offer \"A\".pdf",
                "attachment; filename=plain.pdf | plain.pdf",
                "attachment; filename=\"../../etc/offer.pdf\" | offer.pdf",
                "attachment; filename=Offer | Offer.pdf",
                "attachment; filename*=nonsense | download.pdf",
                "attachment; filename=\"\" | download.pdf",
                "attachment; filename=Offer 4711.pdf | Offer 4711.pdf",
                "attachment; filename=\"Offer; 4711.pdf\" | Offer; 4711.pdf",
                "attachment; filename = \"Offer.pdf\" | Offer.pdf",
                "attachment; filename=\"=?UTF-8?B?T2ZmZXIg4oKsLnBkZg==?=\" | Offer €.pdf",
                "attachment; filename=\"=?utf-8?Q?Gr=C3=BC?= =?utf-8?Q?=C3=9Fe.pdf?=\" | Grüße.pdf",
                "attachment; filename=\"Gr%C3%BC%C3%9Fe.pdf\" | Grüße.pdf",
                "attachment; filename=\"100%.pdf\" | 100%.pdf",
                "attachment; filename*=UTF-8''%E8%85%AB%E7%98%8D.pdf | 腫瘍.pdf",
                "attachment | download.pdf",
                "; =;; filename | download.pdf",
            })
    void aFileThatTheCallerDidNotNameIsCalledWhatItsPlaceCallsIt(String disposition, String name) throws IOException {
        server.stubFor(get("/files/123/download")
                .willReturn(ok("%PDF-1.7")
                        .withHeader("Content-Type", "application/pdf")
                        .withHeader("Content-Disposition", disposition)));

        StoredFile file = fetch("/files/123/download", new WantedFile("a", "download", false, null));

        assertThat(file.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "Offer 4711, application/pdf, Offer 4711.pdf",
        "Offer 47.11, application/pdf; x=y, Offer 47.11.pdf",
        "Offer.pdf, application/pdf, Offer.pdf",
        "Offer.doc, application/pdf, Offer.doc",
        "Offer, application/octet-stream, Offer",
        "Offer, application/x-unheard-of, Offer",
    })
    void aGivenNameStaysAndGetsAnExtensionWhereItHasNone(String given, String type, String name) throws IOException {
        server.stubFor(get("/a")
                .willReturn(ok("\0\1\2")
                        .withHeader("Content-Type", type)
                        .withHeader("Content-Disposition", "attachment; filename=other.pdf")));

        assertThat(fetch("/a", wanted("a", given)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/prices.csv, text/csv, gzip",
        "/prices.csv, , x-gzip",
        "/prices.csv, application/octet-stream, GZIP",
    })
    void aFileThatComesPackedIsUnpacked(String path, @Nullable String type, String coding) throws IOException {
        server.stubFor(get(path).willReturn(packed(type, coding)));

        assertThat(read(fetch(path, wanted("a", "prices.csv")))).isEqualTo(PACKED.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "/prices.csv.gz, text/csv, gzip",
        "/prices.tgz, , gzip",
        "/prices, application/gzip, gzip",
        "/prices.csv, text/csv, br",
    })
    void anArchiveStaysOne(String path, @Nullable String type, String coding) throws IOException {
        server.stubFor(get(path).willReturn(packed(type, coding)));

        assertThat(new GZIPInputStream(new ByteArrayInputStream(read(fetch(path, wanted("a", "prices"))))))
                .hasContent(PACKED);
    }

    @Test
    void whatIsOnlySaidToBePackedStaysAsItIs() throws IOException {
        server.stubFor(get("/a.csv").willReturn(ok(PACKED).withHeader("Content-Encoding", "gzip")));

        assertThat(read(fetch("/a.csv", wanted("a", "a.csv")))).isEqualTo(PACKED.getBytes(UTF_8));
    }

    @Test
    void aFileIsTooLargeByWhatIsUnpacked() throws IOException {
        server.stubFor(get("/a.csv")
                .willReturn(aResponse().withHeader("Content-Encoding", "gzip").withBody(gzip(new byte[200_000_000]))));

        assertThat(catchThrowable(() -> fetch("/a.csv", wanted("a", "a.csv"))))
                .isInstanceOf(FileTooLargeException.class);
        assertThat(files()).isEmpty();
    }

    private static ResponseDefinitionBuilder packed(@Nullable String type, String coding) throws IOException {
        ResponseDefinitionBuilder response =
                aResponse().withBody(gzip(PACKED.getBytes(UTF_8))).withHeader("Content-Encoding", coding);
        return type == null ? response : response.withHeader("Content-Type", type);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void anUnknownHostIsWorthAnotherAttempt() {
        FetchFailedException failure = failureAt("https://no-such-host.invalid/a" + SECRET, AMPLE);
        assertThat(failure.isFinal()).isFalse();
        assertThat(failure).hasMessageStartingWith("no-such-host.invalid has no address that may be dialled");
    }

    private StoredFile fetch(String path) throws IOException {
        return fetchFrom("http://127.0.0.1:" + server.port() + path, AMPLE);
    }

    private StoredFile fetchFrom(String address, Duration patience) throws IOException {
        return store.fetch("send-1", wanted(address, "file"), new Downloads(http).file(address, patience));
    }

    private static WantedFile wanted(String identity, String name) {
        return new WantedFile(identity, name, true, null);
    }

    private StoredFile fetch(String path, WantedFile wanted) throws IOException {
        return store.fetch(
                "send-1", wanted, new Downloads(http).file("http://127.0.0.1:" + server.port() + path, AMPLE));
    }

    private FetchFailedException failure(String path) {
        return failureAt("http://127.0.0.1:" + server.port() + path, AMPLE);
    }

    private FetchFailedException failureAt(String address, Duration patience) {
        Throwable failure = catchThrowable(() -> fetchFrom(address, patience));
        assertThat(failure).isInstanceOf(FetchFailedException.class);
        return (FetchFailedException) failure;
    }

    private byte[] read(StoredFile file) throws IOException {
        try (InputStream bytes = store.open("send-1", file.file())) {
            return bytes.readAllBytes();
        }
    }

    private List<Path> files() {
        try (Stream<Path> tree = Files.walk(data)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
