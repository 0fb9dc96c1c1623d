package dev.flowmail.activities.network;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.flowmail.activities.network.GuardedHttp.BodyTooLargeException;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.servers.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final NetworkGuard TO_LOOPBACK = (host, port) -> List.of(LOOPBACK);
    private static final Limits AMPLE = new Limits(Duration.ofSeconds(60), 1_000);

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void startServer() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(ok("hello")));
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void theAddressThatTheGuardNamesIsDialled() throws IOException {
        try (GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            assertThat(text(http, "http://no-such-host.invalid:" + server.port() + "/a"))
                    .isEqualTo("hello");
        }
        server.verify(
                getRequestedFor(urlEqualTo("/a")).withHeader("Host", equalTo("no-such-host.invalid:" + server.port())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0"})
    void aRefusedHostIsNotDialled(String host) throws IOException {
        try (GuardedHttp http = new GuardedHttp(new AllowList(List.of()))) {
            assertThatExceptionOfType(AddressRefusedException.class)
                    .isThrownBy(() -> text(http, "http://" + host + ":" + server.port() + "/"))
                    .withMessageContaining("FLOWMAIL_NETWORK_ALLOW");
        }
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void anAllowedLiteralIsDialled() throws IOException {
        try (GuardedHttp http = new GuardedHttp(Guards.allowing("127.0.0.0/8"))) {
            assertThat(text(http, "http://127.0.0.1:" + server.port() + "/")).isEqualTo("hello");
        }
    }

    @Test
    void anEntryWithAPortAllowsThatPortOnly() throws IOException {
        try (GuardedHttp http = new GuardedHttp(Guards.allowing("127.0.0.1:" + server.port()))) {
            assertThat(text(http, "http://127.0.0.1:" + server.port() + "/")).isEqualTo("hello");
            for (String other : List.of("http://127.0.0.1/", "https://127.0.0.1/", "http://127.0.0.1:1/")) {
                assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> text(http, other));
            }
        }
    }

    @Test
    void aNameThatIsReboundIsRefusedAtItsNextConnection() throws IOException {
        Queue<InetAddress> dns = new ArrayDeque<>(List.of(
                InetAddress.getByAddress("rebind.example", new byte[] {127, 0, 0, 2}),
                InetAddress.getByAddress("rebind.example", new byte[] {127, 0, 0, 1})));
        AllowList guard = new AllowList(Guards.allowances("127.0.0.2"), host -> new InetAddress[] {dns.remove()});
        WireMockServer everywhere =
                new WireMockServer(wireMockConfig().dynamicPort().bindAddress("0.0.0.0"));
        everywhere.start();
        everywhere.stubFor(any(anyUrl()).willReturn(ok("hello").withHeader("Connection", "close")));
        String address = "http://rebind.example:" + everywhere.port() + "/";
        try (GuardedHttp http = new GuardedHttp(guard)) {
            assertThat(text(http, address)).isEqualTo("hello");
            assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> text(http, address));
        } finally {
            everywhere.stop();
        }
        assertThat(dns).isEmpty();
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        server.stubFor(get("/from").willReturn(temporaryRedirect("/to").withHeader("Set-Cookie", "a=b")));
        try (GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            assertThat(status(http, "http://flow.example:" + server.port() + "/from"))
                    .isEqualTo(302);
            assertThat(status(http, "http://flow.example:" + server.port() + "/from"))
                    .isEqualTo(302);
        }
        server.verify(0, getRequestedFor(urlEqualTo("/to")));
        server.verify(2, getRequestedFor(urlEqualTo("/from")).withoutHeader("Cookie"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://flow.example/", "file:///etc/passwd", "http://a:b@flow.example/", "/relative", "http:///"
            })
    void onlyPlainWebAddressesAreDialled(String address) throws IOException {
        try (GuardedHttp http = new GuardedHttp((host, port) -> {
            throw new AssertionError("asked for " + host);
        })) {
            assertThatExceptionOfType(MalformedURLException.class).isThrownBy(() -> text(http, address));
        }
    }

    @Test
    void anUnknownNameStaysUnknown() throws IOException {
        try (GuardedHttp http = new GuardedHttp((host, port) -> {
            throw new UnknownHostException(host);
        })) {
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> text(http, "http://gone.example/"));
        }
    }

    @Test
    void aBodyMayBeAsLargeAsItsLimit() throws IOException {
        server.stubFor(get("/fits").willReturn(ok("x".repeat(1_000))));
        server.stubFor(get("/large").willReturn(ok("x".repeat(1_001))));
        server.stubFor(get("/chunked").willReturn(ok("x".repeat(100_000)).withChunkedDribbleDelay(10, 10)));
        try (GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            String base = "http://flow.example:" + server.port();
            assertThat(text(http, base + "/fits")).hasSize(1_000);
            assertThatExceptionOfType(BodyTooLargeException.class).isThrownBy(() -> text(http, base + "/large"));
            assertThatExceptionOfType(BodyTooLargeException.class).isThrownBy(() -> text(http, base + "/chunked"));
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, LOOPBACK);
                GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            Limits brief = new Limits(Duration.ofMillis(300), 1_000);

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> http.exchange(
                            new HttpGet("http://flow.example:" + silent.getLocalPort()), brief, (reply, body) -> 1));
        }
    }

    @Test
    void aServerThatDripsIsGivenUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, LOOPBACK);
                GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            serve(server, GuardedHttpTest::drip);
            Limits brief = new Limits(Duration.ofMillis(500), Duration.ofSeconds(60), Long.MAX_VALUE);

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> http.exchange(
                            new HttpGet("http://flow.example:" + server.getLocalPort()),
                            brief,
                            (reply, body) -> body.readAllBytes()));
        }
    }

    @Test
    void whatIsLeftUnreadIsNotWaitedFor() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, LOOPBACK);
                GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            serve(server, GuardedHttpTest::drip);

            int first = http.exchange(
                    new HttpGet("http://flow.example:" + server.getLocalPort()), AMPLE, (reply, body) -> body.read());

            assertThat(first).isEqualTo('x');
        }
    }

    @Test
    void aConnectionThatHasDiedIsNotUsedAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, LOOPBACK);
                GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            Semaphore closed =
                    serve(server, output -> output.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")));
            String address = "http://flow.example:" + server.getLocalPort();

            for (int round = 0; round < 5; round++) {
                assertThat(text(http, address)).isEqualTo("ok");
                closed.acquire();
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws IOException {
        try (GuardedHttp http = new GuardedHttp(TO_LOOPBACK)) {
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> text(http, "https://localhost:" + server.httpsPort() + "/"));
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused(@TempDir Path directory) throws Exception {
        SSLContext trusting =
                SSLContexts.custom().loadTrustMaterial((chain, type) -> true).build();
        WireMockServer flow = new WireMockServer(wireMockConfig()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .bindAddress("127.0.0.1")
                .keystorePath(TestCertificate.forName(directory, "flow.example")
                        .keyStore()
                        .toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD));
        flow.start();
        flow.stubFor(any(anyUrl()).willReturn(ok("hello")));
        try (GuardedHttp http = new GuardedHttp(TO_LOOPBACK, trusting)) {
            assertThat(text(http, "https://flow.example:" + flow.httpsPort() + "/"))
                    .isEqualTo("hello");
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> text(http, "https://other.example:" + flow.httpsPort() + "/"));
        } finally {
            flow.stop();
        }
    }

    private static String text(GuardedHttp http, String address) throws IOException {
        return http.exchange(
                new HttpGet(URI.create(address)),
                AMPLE,
                (reply, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static int status(GuardedHttp http, String address) throws IOException {
        return http.exchange(new HttpGet(address), AMPLE, (reply, body) -> reply.getCode());
    }

    private static void drip(OutputStream output) throws IOException {
        output.write(ascii("HTTP/1.1 200 OK\r\n\r\n"));
        while (true) {
            output.write('x');
            output.flush();
        }
    }

    /** Reads each connection's request, answers it and closes the connection, which gives a permit. */
    private static Semaphore serve(ServerSocket server, Answer answer) {
        Semaphore closed = new Semaphore(0);
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    readHeaders(socket.getInputStream());
                    answer.write(socket.getOutputStream());
                } catch (IOException clientHasGone) {
                    // the next one may stay
                }
                closed.release();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return closed;
    }

    private static void readHeaders(InputStream input) throws IOException {
        int blank = 0;
        for (int next = input.read(); next >= 0 && blank < 2; next = blank < 2 ? input.read() : -1) {
            blank = next == '\n' ? blank + 1 : next == '\r' ? blank : 0;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private interface Answer {
        void write(OutputStream output) throws IOException;
    }
}
