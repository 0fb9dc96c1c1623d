package dev.flowmail.verification.bench;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Probe;
import dev.flowmail.servers.Program;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Pause;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Times how long programs take to be ready. */
final class Startup {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final long PATIENCE_SECONDS = 120;

    private Startup() {}

    /** Seconds until Flowmail says that it is ready; it is left running. */
    static double ofFlowmail(FlowmailProcess flowmail) {
        long start = System.nanoTime();
        flowmail.launch();
        URI readiness = flowmail.address("/actuator/health/readiness");
        return secondsSince(start, () -> Probe.isWell(readiness));
    }

    /** Seconds until an empty web application with Temporal's starter answers at all; it is killed. */
    static double ofEmptyApplication(String temporal, Path logs) {
        int port = Ports.free();
        Program empty = new Program(
                logs.resolve("empty.log"),
                Part.command(
                        "empty",
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--spring.temporal.connection.target=" + temporal),
                Map.of());
        long start = System.nanoTime();
        empty.start();
        double seconds = secondsSince(start, () -> Probe.status(URI.create("http://127.0.0.1:" + port + "/")) > 0);
        empty.kill();
        return seconds;
    }

    private static double secondsSince(long start, BooleanSupplier isReady) {
        while (!isReady.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException("A program did not get ready in " + PATIENCE_SECONDS + " s");
            }
            Pause.of(LOOK);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
