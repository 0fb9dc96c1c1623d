package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.wire.WireTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Whoever stops in the middle of a request loses the connection. */
@WireTest
@TestPropertySource(properties = "server.tomcat.connection-timeout=500ms")
@Execution(CONCURRENT)
class SlowClientsTest {
    private static final int PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    private int port;

    @Value("${server.tomcat.connection-timeout}")
    private Duration timeout;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /api/em",
                "POST /api/email/1/metadata HTTP/1.1\r\nHost: loc",
                "POST /api/email/1/metadata HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"uri\":",
                "POST /decide/code HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 100\r\n\r\noutcome=",
                "POST /api/email/1/file/content HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100\r\n\r\n--b"
            })
    void whoeverStopsLosesTheConnection(String half) throws IOException {
        assertThat(timeout).isEqualTo(Duration.ofMillis(500));
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(half.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotStartWith("HTTP/1.1 200").doesNotStartWith("HTTP/1.1 500");
        }
    }

    /** Each byte comes in time, the whole never. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /healthy?a=", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Header: a", "\r\n"})
    void whoeverDripsAHeaderLosesTheConnection(String beginning) throws IOException, InterruptedException {
        String drop = beginning.isBlank() ? beginning : "a";
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            ScheduledFuture<?> dripping = drip.scheduleAtFixedRate(
                    () -> {
                        try {
                            out.write(drop.getBytes(StandardCharsets.ISO_8859_1));
                        } catch (IOException closed) {
                            throw new UncheckedIOException(closed);
                        }
                    },
                    100,
                    100,
                    TimeUnit.MILLISECONDS);

            await().atMost(Duration.ofSeconds(15)).until(dripping::isDone);
        } finally {
            drip.shutdownNow();
        }
    }

    @Test
    void aConnectionIsKeptForFurtherRequestsHoweverLongTheyTakeTogether() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            Instant end = Instant.now().plus(timeout.multipliedBy(3));
            while (Instant.now().isBefore(end)) {
                socket.getOutputStream()
                        .write("HEAD / HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                assertThat(head(socket)).startsWith("HTTP/1.1 ");
            }
        }
    }

    @Test
    void aConnectionMayRestBetweenRequestsLongerThanAHeaderMayTake() throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/email/1/metadata"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        int first = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();

        await().pollDelay(timeout.multipliedBy(3)).until(() -> true);

        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(first);
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the connection after %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void aBodyHasTwentySecondsAndOneMoreForEach64Kibibytes() {
        Instant[] now = {Instant.EPOCH};
        Pace pace = new Pace(() -> now[0]);

        now[0] = Instant.ofEpochSecond(20);
        assertThat(pace.isTooSlow(4)).isFalse();
        now[0] = Instant.ofEpochSecond(21);
        assertThat(pace.isTooSlow(4)).isTrue();
        assertThat(pace.isTooSlow(64 * 1024)).isFalse();
        now[0] = Instant.ofEpochSecond(180);
        assertThat(pace.isTooSlow(FlowJson.LARGEST_BODY)).isFalse();
    }
}
