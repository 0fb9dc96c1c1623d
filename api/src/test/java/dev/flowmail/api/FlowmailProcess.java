package dev.flowmail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.servers.Ports;
import dev.flowmail.api.temporal.DevServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Flowmail in a JVM of its own, on free ports. Closing it kills it and the Temporal server that it left behind. */
public final class FlowmailProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path output;
    private final int port;

    private Process process;

    /** Starts it with settings, given as environment variables. */
    public FlowmailProcess(Path data, Map<String, String> settings) {
        this.data = data;
        this.port = Ports.free();
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("FLOWMAIL_DATA_DIRECTORY", data.toString());
        environment.put("FLOWMAIL_TEMPORAL_PORT", String.valueOf(Ports.free()));
        environment.put("FLOWMAIL_TEMPORAL_UI_PORT", String.valueOf(Ports.free()));
        environment.put("TEMPORAL_CLI", DevServer.cli().toString());
        environment.putAll(settings);
        this.output = data.resolveSibling("output-" + port + ".log");
        this.process = launch();
    }

    private Process launch() {
        try {
            return program().redirectOutput(output.toFile()).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ProcessBuilder program(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Flowmail.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(FLOWMAIL|TEMPORAL|SERVER|SPRING)_.*"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Another command, in a process of its own with the same settings: what it printed, and its exit code as last line. */
    public String command(String... arguments) {
        try {
            Process command = program(arguments).start();
            String printed = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return printed + command.waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Without the tests' classes: components among them are no part of the program. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public FlowmailProcess awaitReady() {
        return awaitHealth("readiness");
    }

    public FlowmailProcess awaitLive() {
        return awaitHealth("liveness");
    }

    private FlowmailProcess awaitHealth(String probe) {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || get("/actuator/health/" + probe) == 200);
        assertThat(process.isAlive()).as(output()).isTrue();
        return this;
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public FlowmailProcess kill() {
        process.destroyForcibly();
        exitCode();
        return this;
    }

    /** SIGTERM. */
    public FlowmailProcess terminate() {
        process.destroy();
        exitCode();
        return this;
    }

    /** Again, with the same settings and data directory. */
    public FlowmailProcess startAgain() {
        process = launch();
        return this;
    }

    /** The Temporal server that it recorded. */
    public ProcessHandle temporal() {
        return recorded().orElseThrow();
    }

    private Optional<ProcessHandle> recorded() {
        try {
            String pid = Files.readString(data.resolve("temporal.pid")).split(" ", -1)[0];
            return ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String temporalAddress() {
        return "127.0.0.1:" + environment.get("FLOWMAIL_TEMPORAL_PORT");
    }

    public int temporalUiPort() {
        return Integer.parseInt(environment.get("FLOWMAIL_TEMPORAL_UI_PORT"));
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** The status; 0 when nobody listens. */
    public int get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** What it has printed since its last start. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (Files.exists(data.resolve("temporal.pid"))) {
            recorded().ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
