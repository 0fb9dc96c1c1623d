package dev.flowmail.verification.e2e;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Probe;
import dev.flowmail.servers.Program;
import dev.flowmail.simulator.recipient.Recipient;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with deploy/prometheus/prometheus.yml, which scrapes one Flowmail every second. */
final class Prometheus implements AutoCloseable {
    static final Path CONFIGURATION = Path.of("..", "deploy", "prometheus");

    private final int port = Ports.free();
    private final Program program;
    private final Recipient browser = new Recipient();

    /** Not started yet. */
    Prometheus(FlowmailProcess flowmail, Path directory) throws IOException {
        Files.copy(CONFIGURATION.resolve("alerts.yml"), directory.resolve("alerts.yml"));
        Path configuration = directory.resolve("prometheus.yml");
        URI address = flowmail.address("");
        Files.writeString(
                configuration,
                Files.readString(CONFIGURATION.resolve("prometheus.yml"))
                        .replace("flowmail:8080", address.getHost() + ":" + address.getPort())
                        .replaceAll("(?m)^    basic_auth:\n.*\n.*\n", "")
                        .replace("15s", "1s"));
        program = new Program(
                World.LOGS.resolve("prometheus.log"),
                List.of(
                        tool("prometheus"),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port),
                Map.of());
    }

    /** A program of Debian's package. */
    static String tool(String name) {
        return Optional.ofNullable(System.getenv("PROMETHEUS"))
                .map(directory -> Path.of(directory, name).toString())
                .orElseThrow(() -> new IllegalStateException("These tests need Prometheus: run ./flowmail test, which"
                        + " fetches it, or set PROMETHEUS to a directory with prometheus and promtool"));
    }

    Prometheus start() {
        program.start();
        program.awaitReady(() -> Probe.isWell(address("/-/ready")));
        return this;
    }

    /** The series that a query finds now. */
    List<JsonNode> query(String expression) {
        JsonNode answer = new JsonMapper()
                .readTree(browser.open(
                                address("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                        .html());
        if (!answer.path("status").asString("").equals("success")) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return answer.path("data").path("result").valueStream().toList();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        program.close();
    }
}
