package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** More clients than the web server has threads, each of which sends a byte of its body now and then. */
@Isolated("each answer has a second")
class SlowBodiesTest {

    private static final int CLIENTS = 300;
    private static final int ROUNDS = 10;
    private static final Duration PROMPT = Duration.ofSeconds(1);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String METADATA = "/api/email/1/metadata";
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("flow:secret".getBytes(StandardCharsets.UTF_8));

    private abstract static class Hanging {
        @LocalServerPort
        int port;

        @Autowired
        LinkCodes codes;

        private final List<Socket> clients = new ArrayList<>();

        @AfterEach
        void hangUp() throws IOException {
            for (Socket client : clients) {
                client.close();
            }
        }

        void hang(int count, String path, String type, String... headers) throws IOException {
            for (int client = 0; client < count; client++) {
                Socket socket = new Socket("localhost", port);
                clients.add(socket);
                String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                        + "\r\nContent-Length: 100000\r\n" + String.join("", headers) + "\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        /** Each client sends a byte, then the others' calls are answered; again and again. */
        void assertOthersAreAnswered(String... headers) {
            String genuine = Wire.genuineLink(codes);
            warmUp(genuine, headers);
            for (int round = 0; round < ROUNDS; round++) {
                drip();
                assertPrompt(410, () -> Http.get(port, genuine));
                assertPrompt(410, () -> submit(genuine));
                assertPrompt(200, () -> Http.post(port, METADATA, "{}", headers));
                assertPrompt(200, () -> Http.get(port, "/actuator/health/liveness"));
            }
        }

        /** The first call of each kind also loads classes. */
        private void warmUp(String genuine, String... headers) {
            Http.get(port, genuine);
            submit(genuine);
            Http.post(port, METADATA, "{}", headers);
            Http.get(port, "/actuator/health/liveness");
        }

        private Answer submit(String link) {
            return Http.exchange(port, "POST", link, BodyPublishers.ofString("outcome=0"), "Content-Type", FORM);
        }

        private void drip() {
            for (Socket client : clients) {
                try {
                    client.getOutputStream().write('x');
                } catch (IOException cutOff) {
                    // as it should be, sooner or later
                }
            }
        }

        private static void assertPrompt(int status, Supplier<Answer> call) {
            long start = System.nanoTime();
            assertThat(call.get().status()).isEqualTo(status);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        }
    }

    @Nested
    @WireTest
    class WithoutALogin extends Hanging {
        @Test
        void theServerThatRunsGivesAHeaderTwentySeconds(@Autowired ServletWebServerApplicationContext context) {
            var server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());

            assertThat(server.getTomcat().getConnector().getProtocolHandler())
                    .isInstanceOfSatisfying(
                            PromptHttp.class,
                            http -> assertThat(http.getConnectionTimeout()).isEqualTo(20_000));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/decide/x",
                    "/nothing",
                    "/",
                    METADATA,
                    "/api/email/1/actions/email",
                    "/actuator/health",
                    "/codec/decode"
                })
        void theOthersAreAnswered(String path) throws IOException {
            hang(CLIENTS, path, path.startsWith("/api") ? JSON : FORM);

            assertOthersAreAnswered();
        }

        @Test
        void theOthersAreAnsweredWhileFormsOfAGenuineLinkHang() throws IOException {
            hang(CLIENTS, Wire.genuineLink(codes), FORM);

            assertOthersAreAnswered();
        }

        @Test
        void theOthersAreAnsweredWhileUploadsHang() throws IOException {
            hang(CLIENTS, "/api/email/1/file/content", MULTIPART);

            assertOthersAreAnswered();
        }
    }

    @Nested
    @WireTest
    @TestPropertySource(properties = {"flowmail.auth.username=flow", "flowmail.auth.password=secret"})
    class WithALogin extends Hanging {
        @Test
        void strangersKeepNobodyWaiting() throws IOException {
            hang(CLIENTS / 2, METADATA, JSON);
            hang(CLIENTS / 2, METADATA, JSON, "Authorization: Basic d3Jvbmc6b25l\r\n");

            assertOthersAreAnswered("Authorization", LOGIN);
        }

        @Test
        void knownCallersKeepNobodyWaiting() throws IOException {
            hang(CLIENTS / 2, METADATA, JSON, "Authorization: " + LOGIN + "\r\n");
            hang(CLIENTS / 2, "/api/email/1/file/content", MULTIPART, "Authorization: " + LOGIN + "\r\n");

            assertOthersAreAnswered("Authorization", LOGIN);
        }
    }
}
