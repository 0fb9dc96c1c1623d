package dev.flowmail.servers;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Temporal's own dev server, apart from Flowmail. */
public final class TemporalProcess implements TemporalServer {
    private static @Nullable TemporalProcess shared;

    private final int port;
    private final int httpPort = Ports.free();
    private final Program program;

    /** On a database file, with a log beside it. Not started yet. */
    public TemporalProcess(String name, Path databaseFile) {
        this(name, databaseFile, databaseFile.toAbsolutePath().resolveSibling(""));
    }

    /** On a database file, with a log in a directory of one's own choice. Not started yet. */
    public TemporalProcess(String name, Path databaseFile, Path logs) {
        this(
                Ports.free(),
                logs.resolve(name + ".log"),
                List.of(
                        "--db-filename=" + databaseFile,
                        "--sqlite-pragma=journal_mode=WAL",
                        "--sqlite-pragma=synchronous=NORMAL"));
    }

    private TemporalProcess(int port, Path log, List<String> database) {
        this.port = port;
        Stream<String> command = Stream.of(
                cli().toString(),
                "server",
                "start-dev",
                // as a server of one's own may allow it
                "--dynamic-config-value",
                "frontend.WorkflowPauseEnabled=true",
                "--dynamic-config-value",
                "matching.enableFairness=true",
                "--headless",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--http-port=" + httpPort);
        program = new Program(log, Stream.concat(command, database.stream()).toList(), Map.of());
    }

    /** In memory, with a log in {@code target}. Not started yet. */
    public static TemporalProcess inMemory(int port) {
        return new TemporalProcess(port, Path.of("target", "temporal-" + port + ".log"), List.of());
    }

    /** One in memory for all tests of this JVM, with which it ends. */
    public static synchronized TemporalProcess shared() {
        TemporalProcess present = shared;
        if (present == null) {
            present = inMemory(Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(present::close));
            shared = present.start();
        }
        return present;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The default namespace is there last. */
    @Override
    public TemporalProcess start() {
        program.start();
        program.awaitReady(
                () -> Probe.isWell(URI.create("http://127.0.0.1:" + httpPort + "/api/v1/namespaces/default")));
        return this;
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(program.handle());
    }

    public void stop() {
        program.askToEnd();
        program.awaitEnd();
    }

    @Override
    public void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }

    /** The CLI that {@code TEMPORAL_CLI} names, else the one on PATH. */
    public static Path cli() {
        Optional<Path> named =
                Optional.ofNullable(System.getenv("TEMPORAL_CLI")).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "temporal"));
        return Stream.concat(named.stream(), onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toAbsolutePath)
                .orElseThrow(() -> new IllegalStateException(
                        "The Temporal CLI 1.9.1 or newer is missing: set TEMPORAL_CLI, put it on PATH,"
                                + " or use ./flowmail, which fetches it"));
    }
}
