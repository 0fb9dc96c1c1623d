package dev.flowmail.verification.programs;

import static java.util.Map.entry;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Probe;
import dev.flowmail.servers.Program;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.simulator.engine.Connector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Flowmail as it is packaged, with a data directory and ports of its own, which stay the same over restarts. */
public final class FlowmailProcess implements AutoCloseable {
    private final int port = Ports.free();
    private final int temporalPort = Ports.free();
    private final int temporalUiPort = Ports.free();
    private final Path dataDirectory;
    private final Program program;

    /** With the embedded Temporal, and a log beside the data directory. Not started yet. */
    public FlowmailProcess(String name, Path dataDirectory) {
        this(name, dataDirectory, Map.of());
    }

    /** With settings besides the usual ones. Not started yet. */
    public FlowmailProcess(String name, Path dataDirectory, Map<String, String> settings) {
        this(name, dataDirectory, dataDirectory.toAbsolutePath().resolveSibling(""), settings);
    }

    /** With a log in a directory of one's own choice. Not started yet. */
    public FlowmailProcess(String name, Path dataDirectory, Path logs, Map<String, String> settings) {
        this(name, dataDirectory, logs, settings, PackagedFlowmail.unpacked());
    }

    /** Another Flowmail than the one that was built: the jar of an unpacked one. Not started yet. */
    public FlowmailProcess(String name, Path dataDirectory, Path logs, Map<String, String> settings, Path program) {
        this(name, dataDirectory, logs, settings, PackagedFlowmail.unpacked(program));
    }

    private FlowmailProcess(
            String name, Path dataDirectory, Path logs, Map<String, String> settings, List<String> unpacked) {
        this.dataDirectory = dataDirectory.toAbsolutePath();
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                entry("SERVER_PORT", Integer.toString(port)),
                entry("FLOWMAIL_PUBLIC_URL", "http://localhost:" + port),
                entry("FLOWMAIL_DATA_DIRECTORY", this.dataDirectory.toString()),
                entry("FLOWMAIL_NETWORK_ALLOW", "127.0.0.1/32"),
                entry("FLOWMAIL_TEMPORAL_PORT", Integer.toString(temporalPort)),
                entry("FLOWMAIL_TEMPORAL_UI_PORT", Integer.toString(temporalUiPort)),
                entry("TEMPORAL_CLI", TemporalProcess.cli().toString())));
        environment.putAll(settings);
        program = new Program(logs.resolve(name + ".log"), PackagedFlowmail.command(unpacked), environment);
    }

    /** Starts it and waits until it is ready. */
    public FlowmailProcess start() {
        startWithoutTemporal();
        program.awaitReady(this::isReady);
        return this;
    }

    /** Starts it and waits until it is alive, which it is without its Temporal too. */
    public void startWithoutTemporal() {
        launch();
        program.awaitReady(this::isLive);
    }

    /** Starts it and waits for nothing. */
    public void launch() {
        program.start();
    }

    /** Starts it in another time zone than the machine's, this once, and waits for nothing. */
    public void launchIn(String timeZone) {
        program.start(Map.of("TZ", timeZone));
    }

    /** Whether it runs, ready or not. */
    public boolean isAlive() {
        return program.isAlive();
    }

    /** Whether it says that it is ready. */
    public boolean isReady() {
        return Probe.isWell(address("/actuator/health/readiness"));
    }

    /** Whether it says that it is alive. */
    public boolean isLive() {
        return Probe.isWell(address("/actuator/health/liveness"));
    }

    /** One of its addresses. */
    public URI address(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** It, as Flow reaches it. */
    public Connector connector() {
        return new Connector(address("/api/email/1"));
    }

    /** {@code host:port} of the embedded Temporal. */
    public String temporalAddress() {
        return "127.0.0.1:" + temporalPort;
    }

    /** The UI of the embedded Temporal. */
    public URI temporalUi() {
        return URI.create("http://localhost:" + temporalUiPort);
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** The process that runs. */
    public ProcessHandle handle() {
        return program.handle();
    }

    public Path log() {
        return program.log();
    }

    /** Sends SIGTERM and does not wait. */
    public void askToEnd() {
        program.askToEnd();
    }

    /** Waits until it has ended. */
    public void awaitEnd() {
        program.awaitEnd();
    }

    /** Waits for a time until it has ended, and kills it then, as container runtimes do. */
    public void endWithin(Duration grace) {
        var ignored = program.endWithin(grace);
    }

    /** Stops it as an operator would. */
    public void stop() {
        askToEnd();
        awaitEnd();
    }

    /** Kills it as a power cut would; its Temporal, if embedded, is left behind. */
    public void kill() {
        program.kill();
    }

    /** Its other processes: the embedded Temporal. */
    public List<ProcessHandle> companions() {
        return Program.mentioning(dataDirectory);
    }

    /** Where the embedded Temporal's UI itself is, which answers without a Flowmail too. Only its command line tells. */
    public String unguardedTemporalUi() {
        List<String> arguments = companions().stream()
                .flatMap(companion -> companion.info().arguments().stream())
                .flatMap(Stream::of)
                .toList();
        return "http://" + arguments.get(arguments.indexOf("--ui-ip") + 1) + ":"
                + arguments.get(arguments.indexOf("--ui-port") + 1);
    }

    @Override
    public void close() {
        if (program.isAlive()) {
            stop();
        }
        companions().forEach(ProcessHandle::destroyForcibly);
    }
}
