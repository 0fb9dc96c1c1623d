package dev.flowmail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.TemporalProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole program on a Temporal server of its own that is not there at first. */
@Tag("programs")
@Execution(ExecutionMode.CONCURRENT)
class FlowmailTests {

    private static final String KEY = "k:" + Base64.getEncoder().encodeToString(new byte[Key.SIZE]);
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("flow:secret".getBytes(StandardCharsets.UTF_8));
    private static final String UI = "https://temporal.example.com";
    private static final String PLAIN = "{\"payloads\":[{\"metadata\":{\"encoding\":\"anNvbi9wbGFpbg==\"},"
            + "\"data\":\"ImNhcm9sQGV4YW1wbGUuY29tIg==\"}]}";

    private static final int TEMPORAL_PORT = Ports.free();

    @TempDir
    private static Path directory;

    private static FlowmailProcess flowmail;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        flowmail = new FlowmailProcess(
                        directory.resolve("data"),
                        Map.of(
                                "TEMPORAL_ADDRESS",
                                "127.0.0.1:" + TEMPORAL_PORT,
                                "FLOWMAIL_KEYS_LINKS",
                                KEY,
                                "FLOWMAIL_KEYS_PAYLOADS",
                                KEY,
                                "FLOWMAIL_AUTH_USERNAME",
                                "flow",
                                "FLOWMAIL_AUTH_PASSWORD",
                                "secret",
                                "FLOWMAIL_NETWORK_ALLOW",
                                "127.0.0.1",
                                "FLOWMAIL_NEXUS_ENDPOINT",
                                "asking",
                                "FLOWMAIL_CODEC_ORIGINS",
                                UI))
                .awaitLive();
    }

    @AfterAll
    static void stop() {
        flowmail.close();
    }

    @Test
    void itLivesWithoutTemporalAndIsReadyWithIt() throws Exception {
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        HttpResponse<String> refused = send(action("DEBUG"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        try (TemporalProcess server = TemporalProcess.inMemory(TEMPORAL_PORT).start()) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> get("/actuator/health/readiness").statusCode() == 200);

            assertThat(flowmail.output())
                    .contains("There is no Nexus endpoint asking: no workflow can ask. Create it: temporal operator"
                            + " nexus endpoint create --name asking --target-namespace default --target-task-queue"
                            + " flowmail");
            assertThat(flowmail.output()).doesNotContain("rehearsed");
            HttpResponse<String> failed = send(action("DEBUG"));
            assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(flowmail.output()).contains("SendMail").doesNotContain("planted.address");
            assertThat(server.address()).isNotEmpty();
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> get("/actuator/health/readiness").statusCode() == 503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheCodecEncodesItDecodes() throws Exception {
        HttpResponse<String> encoded = send(codec("encode", PLAIN));
        HttpResponse<String> decoded = send(codec("decode", encoded.body()));

        assertThat(encoded.statusCode()).isEqualTo(200);
        assertThat(encoded.body()).contains("encryption-key-id").doesNotContain("ImNhcm9sQGV4YW1wbGUuY29tIg");
        assertThat(decoded.body()).isEqualTo(PLAIN);
    }

    @Test
    void theCodecNeedsALogin() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/codec/decode"))
                .header("Content-Type", "application/json")
                .header("Origin", UI)
                .POST(BodyPublishers.ofString(PLAIN))
                .build();

        HttpResponse<String> response = send(request);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
    }

    @Test
    void theUiMayAskWithoutALogin() throws Exception {
        HttpResponse<String> response = send(preflight(UI));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .containsIgnoringCase("x-namespace")
                .containsIgnoringCase("authorization");
    }

    @Test
    void noOtherPageMay() throws Exception {
        HttpResponse<String> response = send(preflight("https://temporal.example.com.evil.example"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void nonsenseForTheCodecIsTheCallersMistake() throws Exception {
        String unknownKey =
                "{\"payloads\":[{\"metadata\":{\"encoding\":\"YmluYXJ5L2VuY3J5cHRlZA==\"},\"data\":\"AAAA\"}]}";
        for (String body : new String[] {"", "{", "[]", "{\"payloads\":1}", "[".repeat(5_000), unknownKey}) {
            assertThat(send(codec("decode", body)).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void theHomePageNamesTheConnectorsAddress() throws Exception {
        HttpResponse<String> response = get("/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(base() + "/api/email/1");
    }

    private HttpRequest action(String mode) {
        String body = """
            {"executionMode":"%s","tenantId":"t","stateId":"s","configurationValues":[
            {"developerName":"Host","contentValue":"127.0.0.1","contentType":"ContentString"},
            {"developerName":"Port","contentValue":"%d","contentType":"ContentNumber"},
            {"developerName":"Transport","contentValue":"plain","contentType":"ContentString"}],
            "inputs":[{"developerName":"From","contentValue":"planted.address@example.com","contentType":"ContentString"},
            {"developerName":"To","contentValue":"planted.address@example.com","contentType":"ContentString"}]}
            """.formatted(mode, Ports.free());
        return HttpRequest.newBuilder(uri("/api/email/1/actions/email-simple"))
                .header("Content-Type", "application/json")
                .header("Authorization", LOGIN)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest codec(String operation, String body) {
        return HttpRequest.newBuilder(uri("/codec/" + operation))
                .header("Content-Type", "application/json")
                .header("Authorization", LOGIN)
                .header("X-Namespace", "default")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest preflight(String origin) {
        return HttpRequest.newBuilder(uri("/codec/decode"))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,x-namespace")
                .method("OPTIONS", BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create(base() + path);
    }

    private static String base() {
        return flowmail.url();
    }
}
