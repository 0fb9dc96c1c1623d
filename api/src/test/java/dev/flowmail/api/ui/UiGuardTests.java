package dev.flowmail.api.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.FlowmailProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page can make of the embedded Temporal: the real program with the real server, asked as browsers ask. */
@Tag("programs")
class UiGuardTests {
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final String TERMINATE = "/api/v1/namespaces/default/workflows/decision-1/terminate";
    private static final int LISTENING = 0x0A;

    @TempDir
    private static Path directory;

    private static FlowmailProcess flowmail;
    private static int ui;

    @BeforeAll
    static void start() {
        flowmail = new FlowmailProcess(directory.resolve("data"), Map.of()).awaitReady();
        ui = flowmail.temporalUiPort();
    }

    @AfterAll
    static void stop() {
        flowmail.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "flowmail.localhost"})
    void aPersonOfThisMachineIsAnswered(String host) throws IOException {
        assertThat(get("/", "Host: " + host + ":" + ui)).startsWith("HTTP/1.1 200");
        assertThat(get(NAMESPACES, "Host: " + host + ":" + ui)).startsWith("HTTP/1.1 200");
        assertThat(get("/namespaces/default/workflows", "Host: " + host))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-security-policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example", "0.0.0.0"})
    void aNameThatWasReboundIsRefused(String host) throws IOException {
        for (String path : List.of("/", NAMESPACES, "/temporal/", "/codec/decode", "/actuator/prometheus")) {
            assertThat(get(path, "Host: " + host + ":" + ui)).startsWith("HTTP/1.1 421");
            assertThat(post(path, "Host: " + host, "Origin: http://" + host, "Content-Type: application/json"))
                    .startsWith("HTTP/1.1 421");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: https://evil.example, application/json, 403",
        "Origin: null, application/json, 403",
        "Origin: http://localhost:3000, application/json, 403",
        "Sec-Fetch-Site: cross-site, application/json, 403",
        "Sec-Fetch-Site: same-site, application/json, 403",
        "Accept: */*, text/plain, 415",
        "Accept: */*, application/x-www-form-urlencoded, 415",
        "Accept: */*, multipart/form-data; boundary=b, 415",
    })
    void whatAnotherPagePostsIsRefused(String header, String type, int status) throws IOException {
        assertThat(post(TERMINATE, "Host: localhost:" + ui, header, "Content-Type: " + type))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aLinkMayBeFollowedAndAFrameMayNotBeFilled() throws IOException {
        String host = "Host: localhost:" + ui;

        assertThat(get("/", host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"))
                .startsWith("HTTP/1.1 200");
        assertThat(get("/", host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"))
                .startsWith("HTTP/1.1 403");
        assertThat(get(NAMESPACES, host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void nothingOfFlowmailAnswersThere() throws IOException {
        assertThat(get("/actuator/health/liveness", "Host: localhost:" + ui)).doesNotContain("\"UP\"");
        assertThat(get("/api/email/1/metadata", "Host: localhost:" + ui)).doesNotContain("email");
    }

    /** Pages reach every port of 127.0.0.1: by a name of their own, by form posts, and by scanning. */
    @Test
    void noOtherPortOfTheServerAnswersAPage() throws IOException {
        List<InetSocketAddress> sockets = listening(flowmail.temporal());

        assertThat(sockets).extracting(InetSocketAddress::getPort).doesNotContain(ui);
        assertThat(sockets.stream().filter(socket -> !isUsualLoopback(socket)))
                .as("its own UI")
                .singleElement()
                .satisfies(hidden ->
                        assertThat(hidden.getAddress().isLoopbackAddress()).isTrue());
        for (InetSocketAddress socket :
                sockets.stream().filter(UiGuardTests::isUsualLoopback).toList()) {
            for (String host : List.of("rebound.example", "localhost")) {
                assertThat(ask(socket, "GET", NAMESPACES, "Host: " + host)).doesNotStartWith("HTTP/1.1 2");
                assertThat(ask(socket, "POST", TERMINATE, "Host: " + host, "Content-Type: text/plain"))
                        .as("port %d", socket.getPort())
                        .doesNotStartWith("HTTP/1.1 2");
            }
        }
    }

    @Test
    void theHiddenAddressIsAnotherEachTime() {
        assertThat(Stream.generate(HiddenAddress::choose)
                        .limit(8)
                        .map(address -> address.socket().orElseThrow().getAddress())
                        .distinct())
                .hasSizeGreaterThan(6)
                .allMatch(InetAddress::isLoopbackAddress);
    }

    private static String get(String path, String... headers) throws IOException {
        return ask(new InetSocketAddress(InetAddress.getLoopbackAddress(), ui), "GET", path, headers);
    }

    private static String post(String path, String... headers) throws IOException {
        return ask(new InetSocketAddress(InetAddress.getLoopbackAddress(), ui), "POST", path, headers);
    }

    private static String ask(InetSocketAddress where, String method, String path, String... headers)
            throws IOException {
        try (Socket socket = new Socket(where.getAddress(), where.getPort())) {
            socket.setSoTimeout(30_000);
            String body = method.equals("POST") ? "{}" : "";
            String request = method + " " + path + " HTTP/1.1\r\n"
                    + Arrays.stream(headers).map(header -> header + "\r\n").collect(Collectors.joining())
                    + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException hungUp) {
            return "";
        }
    }

    private static boolean isUsualLoopback(InetSocketAddress socket) {
        return socket.getAddress().getHostAddress().equals("127.0.0.1");
    }

    /** What a process listens on, as Linux tells it. */
    private static List<InetSocketAddress> listening(ProcessHandle process) throws IOException {
        Set<String> inodes;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            inodes = descriptors.map(UiGuardTests::target).collect(Collectors.toSet());
        }
        List<InetSocketAddress> sockets = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/net/tcp"))) {
            String[] columns = line.strip().split("\\s+", -1);
            if (inodes.contains("socket:[" + columns[9] + "]") && Integer.parseInt(columns[3], 16) == LISTENING) {
                sockets.add(socket(columns[1]));
            }
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    /** The kernel writes the address's bytes from last to first, and the port. */
    private static InetSocketAddress socket(String hex) throws UnknownHostException {
        byte[] reversed = HexFormat.of().parseHex(hex.substring(0, 8));
        byte[] address = {reversed[3], reversed[2], reversed[1], reversed[0]};
        return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(hex.substring(9), 16));
    }
}
