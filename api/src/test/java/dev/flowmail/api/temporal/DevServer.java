package dev.flowmail.api.temporal;

import dev.flowmail.activities.servers.Ports;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Temporal's dev server in memory. It is found by TEMPORAL_CLI, else on the PATH; without it the tests fail. */
public final class DevServer implements AutoCloseable {

    private static @Nullable DevServer shared;

    private final Process process;
    private final int port;

    private DevServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** One for all tests of this JVM; it ends with it. */
    public static synchronized DevServer shared() {
        DevServer present = shared;
        if (present == null) {
            present = start(Ports.free());
            shared = present;
            Runtime.getRuntime().addShutdownHook(new Thread(present::close));
        }
        return present;
    }

    /** Returns when it answers. */
    public static DevServer start(int port) {
        try {
            Process process = new ProcessBuilder(
                            cli().toString(),
                            "server",
                            "start-dev",
                            "--headless",
                            "--ip",
                            "127.0.0.1",
                            "--port",
                            String.valueOf(port),
                            "--log-level",
                            "error",
                            // off by default, where runs cannot be paused yet
                            "--dynamic-config-value",
                            "frontend.WorkflowPauseEnabled=true",
                            "--dynamic-config-value",
                            "matching.enableFairness=true")
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget("127.0.0.1:" + port)
                    .build());
            try {
                stubs.connect(Duration.ofSeconds(60));
            } finally {
                stubs.shutdownNow();
            }
            return new DevServer(process, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The CLI that these tests use. */
    public static Path cli() {
        return found().path();
    }

    /** Its version, e.g. {@code 1.9.1}. */
    public static String cliVersion() {
        return found().version();
    }

    private static TemporalCli found() {
        return TemporalCli.find(
                Optional.ofNullable(System.getenv("TEMPORAL_CLI")).map(Path::of).orElse(null), Optional.empty());
    }

    public String target() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
