package dev.flowmail.verification.programs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Temporal's own dev server on a database file, apart from Flowmail. */
public final class TemporalProcess implements TemporalServer {
    private final int port = Ports.free();
    private final Program program;

    /** With a log beside the database file. Not started yet. */
    public TemporalProcess(String name, Path databaseFile) {
        this(name, databaseFile, databaseFile.toAbsolutePath().resolveSibling(""));
    }

    /** With a log in a directory of one's own choice. Not started yet. */
    public TemporalProcess(String name, Path databaseFile, Path logs) {
        program = new Program(
                logs.resolve(name + ".log"),
                List.of(
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
                        "--db-filename=" + databaseFile,
                        "--sqlite-pragma=journal_mode=WAL",
                        "--sqlite-pragma=synchronous=NORMAL"),
                Map.of());
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public TemporalProcess start() {
        program.start();
        program.awaitReady(() -> Ports.isListening(port));
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
        if (program.isAlive()) {
            kill();
        }
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
