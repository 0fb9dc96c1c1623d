package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Probe;
import dev.flowmail.servers.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the Dockerfile makes of its context, started alone. */
@TestInstance(Lifecycle.PER_CLASS)
class ImageIT {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("flow:secret".getBytes(StandardCharsets.UTF_8));

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free();

    private Image image;
    private Program flowmail;

    @BeforeAll
    void buildAndStart(@TempDir Path work) throws Exception {
        // another user starts what was built
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        image = Image.build(work);
        Map<String, String> settings = new HashMap<>(image.environment());
        settings.put("SERVER_PORT", String.valueOf(port));
        settings.put("FLOWMAIL_PUBLIC_URL", "http://localhost:" + port);
        settings.put("FLOWMAIL_AUTH_USERNAME", "flow");
        settings.put("FLOWMAIL_AUTH_PASSWORD", "secret");
        settings.put("FLOWMAIL_TEMPORAL_PORT", String.valueOf(Ports.free()));
        settings.put("FLOWMAIL_TEMPORAL_UI_PORT", String.valueOf(Ports.free()));
        flowmail = new Program(World.LOGS.resolve("image.log"), image.command(), settings);
        flowmail.start();
        flowmail.awaitReady(() -> Probe.isWell(URI.create("http://localhost:" + port + "/actuator/health/readiness")));
    }

    @AfterAll
    void stop() {
        if (flowmail != null && flowmail.isAlive()) {
            flowmail.askToEnd();
            flowmail.awaitEnd();
        }
    }

    @Test
    void everyAddressIsThere() throws Exception {
        for (String address : List.of(
                "/",
                "/docs",
                "/v3/api-docs",
                "/.well-known/jwks.json",
                "/api/email/1/health",
                "/actuator/health/liveness",
                "/actuator/prometheus")) {
            assertThat(get(address).statusCode()).as(address).isEqualTo(200);
        }
    }

    @Test
    void whatTheDescriptionNamesAnswersAndNoneFails() throws Exception {
        JsonNode paths =
                JsonMapper.shared().readTree(get("/v3/api-docs").body()).path("paths");

        assertThat(paths.propertyNames()).isNotEmpty();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (String method : path.getValue().propertyNames()) {
                String address = path.getKey().replaceAll("\\{[^}]*}", "unknown");
                assertThat(send(method.toUpperCase(Locale.ROOT), address).statusCode())
                        .as(method + " " + address)
                        .isLessThan(500);
            }
        }
    }

    @Test
    void itsHealthCheckSaysThatItIsWell() throws Exception {
        Command check = new Command(
                        "bash", image.resolve("/usr/local/bin/health").toString(), "readiness")
                .with("SERVER_PORT", String.valueOf(port));

        assertThat(check.run().code()).isZero();
    }

    @Test
    void itMakesKeysForWhoHasNoJava() throws Exception {
        List<String> command = image.command();
        command.add("keys");

        assertThat(new Command(command).with(image.environment()).output())
                .matches("FLOWMAIL_KEYS_LINKS=\\S+\\RFLOWMAIL_KEYS_PAYLOADS=\\S+\\RFLOWMAIL_KEYS_RECEIPTS=\\S+\\R");
    }

    @Test
    void itsOwnTemporalKeepsItsDatabaseInTheVolume() throws IOException {
        String version = Files.readString(image.resolve("/data/temporal.version"));

        assertThat(image.resolve("/data/temporal.db")).isNotEmptyFile();
        assertThat(image.resolve("/usr/local/bin/temporal-" + version)).isExecutable();
    }

    private HttpResponse<String> get(String address) {
        return send("GET", address);
    }

    private HttpResponse<String> send(String method, String address) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                            .header("Authorization", LOGIN)
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
