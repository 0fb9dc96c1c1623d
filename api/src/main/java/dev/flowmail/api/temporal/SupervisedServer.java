package dev.flowmail.api.temporal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded Temporal server's process, which is started again whenever it ends by itself. Safe for several threads. */
final class SupervisedServer {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedServer.class);

    /** Whoever lives longer has not ended at once. */
    private static final Duration HAS_LIVED = Duration.ofSeconds(60);

    private static final long LONGEST_PAUSE_SECONDS = 30;

    private final List<String> command;
    private final ServerFiles files;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Process server;

    SupervisedServer(List<String> command, ServerFiles files) {
        this.command = command;
        this.files = files;
    }

    Process start() throws IOException {
        Process started = ServerProcess.start(command, files.log(), files.process());
        server = started;
        return started;
    }

    /** Starts the server again from now on, at growing intervals when it ends at once. */
    void supervise() {
        Thread supervisor = new Thread(this::restartWhenEnded, "embedded-temporal");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void restartWhenEnded() {
        long pause = 1;
        Process current = server;
        while (current != null && !isStopping()) {
            try {
                long started = System.nanoTime();
                int code = current.waitFor();
                if (isStopping()) {
                    return;
                }
                LOG.error(
                        "Temporal's server ended by itself (exit code {}, see {}); starting it again",
                        code,
                        files.log());
                boolean hasLived = System.nanoTime() - started > HAS_LIVED.toNanos();
                pause = hasLived ? 1 : Math.min(2 * pause, LONGEST_PAUSE_SECONDS);
                if (stopping.await(pause, TimeUnit.SECONDS)) {
                    return;
                }
                current = restart(current);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Under the lock that {@link #stop()} takes, so that no server is started behind its back. */
    private synchronized Process restart(Process ended) {
        if (isStopping()) {
            return ended;
        }
        try {
            return start();
        } catch (IOException failure) {
            LOG.error("Temporal's server cannot be started: {}", failure.getMessage());
            return ended;
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    boolean isRunning() {
        return server != null;
    }

    /** Returns when the server has ended. */
    synchronized void stop() {
        stopping.countDown();
        Process running = server;
        server = null;
        if (running == null) {
            return;
        }
        ServerProcess.end(running.toHandle());
        try {
            Files.deleteIfExists(files.process());
        } catch (IOException harmless) {
            LOG.debug("The record of the ended Temporal server stays: the next start finds no such process");
        }
    }
}
