package dev.flowmail.api;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.Jdk;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Probe;
import dev.flowmail.servers.Program;
import dev.flowmail.servers.TemporalProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Flowmail in a JVM of its own, on free ports. Closing it kills it and the Temporal server that it left behind. */
public final class FlowmailProcess implements AutoCloseable {

    private final Path data;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = Ports.free();
    private final Program program;

    /** Starts it with settings, given as environment variables. */
    public FlowmailProcess(Path data, Map<String, String> settings) {
        this.data = data;
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("FLOWMAIL_DATA_DIRECTORY", data.toString());
        environment.put("FLOWMAIL_TEMPORAL_PORT", String.valueOf(Ports.free()));
        environment.put("FLOWMAIL_TEMPORAL_UI_PORT", String.valueOf(Ports.free()));
        environment.put("TEMPORAL_CLI", TemporalProcess.cli().toString());
        environment.putAll(settings);
        program = new Program(data.resolveSibling("output-" + port + ".log"), words(), environment);
        program.start();
    }

    private static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(
                List.of(Jdk.program("java"), "-XX:TieredStopAtLevel=1", "-cp", classPath(), Flowmail.class.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Without the tests' classes: components among them are no part of the program. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Another command, in a process of its own with the same settings: what it said, and its exit code as last line. */
    public String command(String... arguments) {
        Command.Ended ended = new Command(words(arguments)).with(environment).run();
        return ended.said() + ended.code();
    }

    public FlowmailProcess awaitReady() {
        return awaitHealth("readiness");
    }

    public FlowmailProcess awaitLive() {
        return awaitHealth("liveness");
    }

    private FlowmailProcess awaitHealth(String probe) {
        program.awaitReady(() -> get("/actuator/health/" + probe) == 200);
        return this;
    }

    /** Waits for its end. */
    public int exitCode() {
        return program.awaitEnd();
    }

    public FlowmailProcess kill() {
        program.kill();
        return this;
    }

    /** SIGTERM. */
    public FlowmailProcess terminate() {
        program.askToEnd();
        program.awaitEnd();
        return this;
    }

    /** Again, with the same settings and data directory. */
    public FlowmailProcess startAgain() {
        program.start();
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
        return Probe.status(URI.create(url() + path));
    }

    /** What it has printed since its last start. */
    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.handle().descendants().forEach(ProcessHandle::destroyForcibly);
        program.close();
        if (Files.exists(data.resolve("temporal.pid"))) {
            recorded().ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
