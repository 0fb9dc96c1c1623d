package dev.flowmail.api.temporal;

import com.google.protobuf.util.Durations;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.TemporalProperties;
import dev.flowmail.api.ui.HiddenAddress;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Temporal's dev server as a child process with its database in the data directory. It starts before and stops after
 * everything that uses it, and is started again when it ends by itself.
 */
public final class EmbeddedTemporal implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedTemporal.class);

    private static final String HOST = "127.0.0.1";
    private static final byte[] HOST_BYTES = {127, 0, 0, 1};

    /** Closed runs answer old links and repeated requests for this long. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private static final String START_OVER =
            "To start over without the open requests, move all files temporal.db* out of the directory.";

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final long PROBE_MILLIS = 100;
    private static final long LONGEST_PAUSE_SECONDS = 30;

    private final TemporalProperties settings;
    private final String namespace;
    private final int webPort;
    private final DataDirectory directory;
    private final Optional<InetSocketAddress> ui;
    private final WorkflowServiceStubs stubs;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Process server;

    /**
     * @param namespace made when it is not there
     * @param webPort where Flowmail itself listens: the UI's codec
     * @param ui where the server's UI listens; empty for none
     * @param stubs already pointed at the server that is to be started
     */
    public EmbeddedTemporal(
            TemporalProperties settings,
            String namespace,
            int webPort,
            DataDirectory directory,
            Optional<InetSocketAddress> ui,
            WorkflowServiceStubs stubs) {
        this.settings = settings;
        this.namespace = namespace;
        this.webPort = webPort;
        this.directory = directory;
        this.ui = ui;
        this.stubs = stubs;
    }

    /** Returns when the server answers. */
    @Override
    public void start() {
        if (ui.isEmpty()) {
            LOG.warn(
                    "Temporal's UI is not started: this system listens on 127.0.0.1 only, where any web page could"
                            + " reach it. To have it, give the loopback interface one more address, e.g. on macOS: sudo"
                            + " ifconfig lo0 alias {}",
                    HiddenAddress.example());
        }
        try {
            TemporalCli cli = cli(settings, directory.path());
            List<String> command = command(cli);
            Files.writeString(versionIn(directory.path()), cli.version());
            ServerProcess.endRecorded(directory.resolve("temporal.pid"));
            checkPorts(settings);
            Process started = launch(command);
            server = started;
            awaitReady(started);
            Thread supervisor = new Thread(() -> supervise(command), "embedded-temporal");
            supervisor.setDaemon(true);
            supervisor.start();
        } catch (IOException failure) {
            throw new CannotStartException(
                    "FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): Temporal's server cannot be started in "
                            + directory.path() + ": " + failure.getMessage() + ".",
                    failure);
        }
    }

    private List<String> command(TemporalCli cli) {
        List<String> command = new ArrayList<>(List.of(
                cli.path().toString(),
                "server",
                "start-dev",
                "--ip",
                HOST,
                "--port",
                String.valueOf(settings.port()),
                "--namespace",
                namespace,
                "--db-filename",
                database().toString(),
                // twice as fast, and a crash of the process loses nothing
                "--sqlite-pragma",
                "journal_mode=WAL",
                "--sqlite-pragma",
                "synchronous=NORMAL",
                // its HTTP API asks for no login and takes what any page posts: it refuses every host
                "--dynamic-config-value",
                "frontend.httpAllowedHosts=[]",
                // else its task queues know no tenants
                "--dynamic-config-value",
                "matching.enableFairness=true",
                "--log-level",
                "warn"));
        command.addAll(ui.map(this::uiOptions).orElse(List.of("--headless")));
        for (SearchAttributes.Attribute attribute : SearchAttributes.ALL) {
            command.add("--search-attribute");
            command.add(attribute.name() + "=" + attribute.typeName());
        }
        return command;
    }

    private List<String> uiOptions(InetSocketAddress address) {
        return List.of(
                "--ui-ip",
                address.getAddress().getHostAddress(),
                "--ui-port",
                String.valueOf(address.getPort()),
                "--ui-codec-endpoint",
                "http://localhost:" + webPort + "/codec",
                "--ui-disable-news-fetch");
    }

    private Path database() {
        return databaseIn(directory.path());
    }

    private static Path databaseIn(Path directory) {
        return directory.resolve("temporal.db");
    }

    private static Path versionIn(Path directory) {
        return directory.resolve("temporal.version");
    }

    /** The version that wrote the directory's database; empty when there is none yet. */
    static Optional<String> writer(Path directory) throws IOException {
        if (Files.notExists(databaseIn(directory))) {
            return Optional.empty();
        }
        Path record = versionIn(directory);
        return Optional.of(Files.exists(record) ? Files.readString(record).strip() : "unknown");
    }

    /**
     * The CLI that serves a directory: the one that wrote its database.
     *
     * @throws CannotStartException when that one is not to be found
     */
    static TemporalCli cli(TemporalProperties settings, Path directory) throws IOException {
        Optional<String> writer = writer(directory);
        TemporalCli cli = TemporalCli.find(settings.cli(), writer);
        if (writer.isPresent() && !writer.get().equals(cli.version())) {
            throw new CannotStartException("FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): " + databaseIn(directory)
                    + " was written by Temporal CLI " + writer.get() + ", but " + cli.path() + " is " + cli.version()
                    + ". Start Flowmail with ./flowmail serve and leave TEMPORAL_CLI unset: it fetches that version. Or"
                    + " set TEMPORAL_CLI to a CLI of version " + writer.get() + ", or put one on the PATH as temporal-"
                    + writer.get() + ". " + START_OVER);
        }
        cli.requireRecent(writer.map(version ->
                "It wrote " + databaseIn(directory) + ", which only the Flowmail of that time serves. " + START_OVER));
        return cli;
    }

    /** @throws CannotStartException when one of them is taken */
    static void checkPorts(TemporalProperties settings) {
        checkPort("FLOWMAIL_TEMPORAL_PORT (flowmail.temporal.port)", settings.port());
        checkPort("FLOWMAIL_TEMPORAL_UI_PORT (flowmail.temporal.ui-port)", settings.uiPort());
    }

    private static void checkPort(String setting, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(HOST_BYTES), port));
        } catch (IOException taken) {
            throw new CannotStartException(
                    setting + ": port " + port + " of " + HOST + " is taken. Free it, or set another one.", taken);
        }
    }

    private Process launch(List<String> command) throws IOException {
        return ServerProcess.start(command, log(), directory.resolve("temporal.pid"));
    }

    private Path log() {
        return directory.resolve("temporal.log");
    }

    private void awaitReady(Process process) {
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        try {
            while (!isReady()) {
                if (process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new CannotStartException("Temporal's server exited during start-up (exit code "
                            + process.exitValue() + "); see the end of " + log() + ".");
                }
                if (System.nanoTime() > deadline) {
                    throw new CannotStartException("Temporal's server does not answer after "
                            + TIME_TO_START.toSeconds() + " s; see " + log() + ".");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("The start of Temporal's server was interrupted.", interrupted);
        }
    }

    private boolean isReady() {
        try {
            // a refused connection makes the channel wait before the next
            stubs.getRawChannel().resetConnectBackoff();
            DescribeNamespaceResponse present = stubs.blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .build());
            if (Durations.toSeconds(present.getConfig().getWorkflowExecutionRetentionTtl()) < RETENTION.toSeconds()) {
                stubs.blockingStub()
                        .withDeadlineAfter(5, TimeUnit.SECONDS)
                        .updateNamespace(UpdateNamespaceRequest.newBuilder()
                                .setNamespace(namespace)
                                .setConfig(NamespaceConfig.newBuilder()
                                        .setWorkflowExecutionRetentionTtl(Durations.fromSeconds(RETENTION.toSeconds())))
                                .build());
            }
            return true;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    /** Starts the server again whenever it ends by itself, at growing intervals when it ends at once. */
    private void supervise(List<String> command) {
        long pause = 1;
        Process current = server;
        while (current != null && !isStopping()) {
            try {
                long started = System.nanoTime();
                int code = current.waitFor();
                if (isStopping()) {
                    return;
                }
                LOG.error("Temporal's server ended by itself (exit code {}, see {}); starting it again", code, log());
                boolean hasLived = System.nanoTime() - started > TIME_TO_START.toNanos();
                pause = hasLived ? 1 : Math.min(2 * pause, LONGEST_PAUSE_SECONDS);
                if (stopping.await(pause, TimeUnit.SECONDS)) {
                    return;
                }
                current = restart(command, current);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Under the lock that {@link #stop()} takes, so that no server is started behind its back. */
    private synchronized Process restart(List<String> command, Process ended) {
        if (isStopping()) {
            return ended;
        }
        try {
            Process started = launch(command);
            server = started;
            return started;
        } catch (IOException failure) {
            LOG.error("Temporal's server cannot be started: {}", failure.getMessage());
            return ended;
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Returns when the server has ended. */
    @Override
    public synchronized void stop() {
        stopping.countDown();
        Process running = server;
        server = null;
        if (running == null) {
            return;
        }
        ServerProcess.end(running.toHandle());
        try {
            Files.deleteIfExists(directory.resolve("temporal.pid"));
        } catch (IOException harmless) {
            LOG.debug("The record of the ended Temporal server stays: the next start finds no such process");
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** First to start and last to stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
