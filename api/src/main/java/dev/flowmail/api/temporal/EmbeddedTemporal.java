package dev.flowmail.api.temporal;

import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.TemporalProperties;
import dev.flowmail.api.ui.HiddenAddress;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
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

    private final TemporalProperties settings;
    private final ServerFiles files;
    private final ServerCommand command;
    private final ServerReadiness readiness;

    private volatile @Nullable SupervisedServer server;

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
        this.files = new ServerFiles(directory.path());
        this.command = new ServerCommand(settings, namespace, webPort, ui);
        this.readiness = new ServerReadiness(stubs, namespace);
    }

    /** Returns when the server answers. */
    @Override
    public void start() {
        if (command.ui().isEmpty()) {
            LOG.warn(
                    "Temporal's UI is not started: this system listens on 127.0.0.1 only, where any web page could"
                            + " reach it. To have it, give the loopback interface one more address, e.g. on macOS: sudo"
                            + " ifconfig lo0 alias {}",
                    HiddenAddress.example());
        }
        try {
            TemporalCli cli = files.cli(settings);
            files.recordWriter(cli);
            ServerProcess.endRecorded(files.process());
            ServerCommand.requireFreePorts(settings);
            SupervisedServer started = new SupervisedServer(command.line(cli, files.database()), files);
            server = started;
            readiness.await(started.start(), files.log());
            started.supervise();
        } catch (IOException failure) {
            throw new CannotStartException(
                    "FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): Temporal's server cannot be started in "
                            + files.directory() + ": " + failure.getMessage() + ".",
                    failure);
        }
    }

    /** Returns when the server has ended. */
    @Override
    public void stop() {
        SupervisedServer running = server;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public boolean isRunning() {
        SupervisedServer current = server;
        return current != null && current.isRunning();
    }

    /** First to start and last to stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
