package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A program to start, stop and kill, over and over. Its output is appended to a log. */
public final class Program implements AutoCloseable {
    /** A start takes seconds; a busy machine makes them many. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process process;
    private long bytesBefore;

    /** Not started yet. */
    public Program(Path log, List<String> command, Map<String, String> environment) {
        this.log = log;
        this.command = command;
        this.environment = environment;
    }

    /** Starts it. The settings of the shell that runs this do not reach it. */
    public void start() {
        start(Map.of());
    }

    /** Starts it, this once with more in its environment. */
    public void start(Map<String, String> further) {
        ProcessBuilder builder = Command.builder(command, environment).redirectErrorStream(true);
        builder.environment().putAll(further);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            bytesBefore = Files.exists(log) ? Files.size(log) : 0;
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.redirectInput(new File("/dev/null"));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the program that was started is ready. Fails at once when it ends instead. */
    public void awaitReady(Callable<Boolean> isReady) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> !isAlive() || isReady.call());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    this + " is not ready after " + PATIENCE.toMinutes() + " minutes:\n" + output(), e);
        }
        if (!isAlive()) {
            throw new IllegalStateException(this + " ended while it started:\n" + output());
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Sends SIGTERM and does not wait. */
    public void askToEnd() {
        running().destroy();
    }

    /** Starts it and waits for its end; fails unless that is a good one. */
    public void runToEnd() {
        start();
        if (awaitEnd() != 0) {
            throw new IllegalStateException(this + " failed:\n" + output());
        }
    }

    /** Waits until it has ended by itself. */
    public int awaitEnd() {
        return awaitEnd(PATIENCE);
    }

    /** Waits for a time until it has ended by itself; kills it then, and fails. */
    public int awaitEnd(Duration patience) {
        if (!endWithin(patience)) {
            throw new IllegalStateException(this + " did not end within " + patience.toMinutes() + " minutes");
        }
        return running().exitValue();
    }

    /** Waits for a time until it has ended by itself; kills it then. Returns whether it did end by itself. */
    public boolean endWithin(Duration grace) {
        try {
            boolean ended = running().waitFor(grace.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                kill();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL and waits. */
    public void kill() {
        running().destroyForcibly().onExit().join();
    }

    /** The process that runs. */
    public ProcessHandle handle() {
        return running().toHandle();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(this + " was not started");
        }
        return process;
    }

    /** Where the output is. */
    public Path log() {
        return log;
    }

    /** What it has printed since its last start. */
    public String output() {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(bytesBefore);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log, where the reason stands when something goes wrong. */
    @Override
    public String toString() {
        return "The program that writes " + log.toAbsolutePath();
    }

    /** Kills it where it runs. */
    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }

    /** Processes whose command line mentions a path. */
    public static List<ProcessHandle> mentioning(Path path) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> candidate.info().commandLine().orElse("").contains(path.toString()))
                .toList();
    }
}
