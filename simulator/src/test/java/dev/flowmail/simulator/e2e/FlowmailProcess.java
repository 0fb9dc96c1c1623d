package dev.flowmail.simulator.e2e;

import static java.util.Map.entry;

import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.recipient.Recipient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flowmail's real jar with a data directory and ports of its own, which stay the same over restarts. */
final class FlowmailProcess implements AutoCloseable {
    static final Path JAR = Path.of("..", "api", "target", "flowmail.jar");

    private final int port = Program.freePort();
    private final int temporalPort = Program.freePort();
    private final int temporalUiPort = Program.freePort();
    private final Path dataDirectory;
    private final Program program;

    /** With the embedded Temporal. Not started yet. */
    FlowmailProcess(String name, Path dataDirectory) {
        this(name, dataDirectory, Map.of());
    }

    /** With settings besides the usual ones. Not started yet. */
    FlowmailProcess(String name, Path dataDirectory, Map<String, String> settings) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR.toAbsolutePath().normalize() + " is missing: build it with ./mvnw package");
        }
        this.dataDirectory = dataDirectory.toAbsolutePath();
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                entry("SERVER_PORT", Integer.toString(port)),
                entry("FLOWMAIL_PUBLIC_URL", "http://localhost:" + port),
                entry("FLOWMAIL_DATA_DIRECTORY", this.dataDirectory.toString()),
                entry("FLOWMAIL_NETWORK_ALLOW", "127.0.0.1/32"),
                entry("FLOWMAIL_TEMPORAL_PORT", Integer.toString(temporalPort)),
                entry("FLOWMAIL_TEMPORAL_UI_PORT", Integer.toString(temporalUiPort)),
                entry("TEMPORAL_CLI", TemporalProcess.cli().toString())));
        environment.putAll(settings);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // quicker to start, and the tests care for behaviour, not for speed
        program = new Program(
                name, List.of(java, "-XX:TieredStopAtLevel=1", "-Xmx512m", "-jar", JAR.toString()), environment);
    }

    /** Starts it and waits until it is ready. */
    FlowmailProcess start() {
        startWithoutTemporal();
        program.awaitReady(this::isReady);
        return this;
    }

    /** Starts it and waits until it is alive, which it is without its Temporal too. */
    void startWithoutTemporal() {
        program.start();
        program.awaitReady(this::isLive);
    }

    /** Whether it says that it is ready. */
    boolean isReady() {
        return answers("/actuator/health/readiness");
    }

    /** Whether it says that it is alive. */
    boolean isLive() {
        return answers("/actuator/health/liveness");
    }

    private boolean answers(String path) {
        try {
            return new Recipient().open(address(path)).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** One of its addresses. */
    URI address(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** It, as Flow reaches it. */
    Connector connector() {
        return new Connector(address("/api/email/1"));
    }

    /** {@code host:port} of the embedded Temporal. */
    String temporalAddress() {
        return "127.0.0.1:" + temporalPort;
    }

    /** The UI of the embedded Temporal. */
    URI temporalUi() {
        return URI.create("http://localhost:" + temporalUiPort);
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    Path log() {
        return program.log();
    }

    /** Sends SIGTERM and does not wait. */
    void askToEnd() {
        program.askToEnd();
    }

    /** Waits until it has ended. */
    void awaitEnd() {
        program.awaitEnd();
    }

    /** Stops it as an operator would. */
    void stop() {
        askToEnd();
        awaitEnd();
    }

    /** Kills it as a power cut would; its Temporal, if embedded, is left behind. */
    void kill() {
        program.kill();
    }

    /** Its other processes: the embedded Temporal. */
    List<ProcessHandle> companions() {
        return Program.mentioning(dataDirectory);
    }

    @Override
    public void close() {
        if (program.isAlive()) {
            stop();
        }
        companions().forEach(ProcessHandle::destroyForcibly);
    }
}
