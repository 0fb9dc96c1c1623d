package dev.flowmail.simulator.e2e;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A program that tests start, stop and kill. Its output is appended to {@code target/e2e/<name>.log}. */
final class Program {
    static final Path LOGS = Path.of("target", "e2e");

    /** A start takes seconds; a busy machine makes them many. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process process;

    Program(String name, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.command = command;
        this.environment = environment;
    }

    /** Starts it. The settings of the shell that runs the tests do not reach it. */
    void start() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(setting -> setting.matches("(FLOWMAIL|TEMPORAL|SERVER|SPRING)_.*"));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(LOGS);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.redirectInput(new File("/dev/null"));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the program that was started is ready. Fails at once when it ends instead. */
    void awaitReady(Callable<Boolean> isReady) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> !isAlive() || isReady.call());
        } catch (ConditionTimeoutException e) {
            fail(name + " is not ready after " + PATIENCE.toMinutes() + " minutes; see " + log().toAbsolutePath(), e);
        }
        if (!isAlive()) {
            fail(name + " ended while it started; see " + log().toAbsolutePath());
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Sends SIGTERM and does not wait. */
    void askToEnd() {
        running().destroy();
    }

    /** Waits until it has ended by itself. */
    int awaitEnd() {
        try {
            if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                fail(name + " did not end within " + PATIENCE.toMinutes() + " minutes; see " + log().toAbsolutePath());
            }
            return running().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL and waits. */
    void kill() {
        running().destroyForcibly().onExit().join();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    /** Where the output is. */
    Path log() {
        return LOGS.resolve(name + ".log");
    }

    /** Processes whose command line mentions a path. */
    static List<ProcessHandle> mentioning(Path path) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> candidate.info().commandLine().orElse("").contains(path.toString()))
                .toList();
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
