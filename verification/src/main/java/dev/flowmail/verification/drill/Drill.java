package dev.flowmail.verification.drill;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.S3Process;
import dev.flowmail.servers.TemporalServer;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import dev.flowmail.verification.programs.OwnTemporal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The fault drill: two replicas of Flowmail, Temporal, an S3 server, a mail server and a Flow engine, each a process of its own
 * but the last two. While requests and clicks keep coming, and somebody who means ill beside them, one fault after the other
 * strikes, and now and then two together; then everything is fixed and counted.
 */
public final class Drill {
    private static final String USER = "flow";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final String LOGIN = Wire.basic(USER, PASSWORD);

    private final Options options;
    private final OwnTemporal server;
    private final PrintStream out;

    /**
     * How to drill.
     *
     * @param length how long faults strike; at least each kind of fault strikes once
     * @param hold how long one fault lasts at most
     * @param quiet how long to look for mails that come twice after everything has come once: a killed worker's mail goes out
     *     again within 2 minutes
     * @param perSecond requests that begin each second
     * @param seed the same seed, the same faults
     */
    public record Options(Duration length, Duration hold, Duration quiet, double perSecond, long seed) {}

    public Drill(Options options, OwnTemporal server, PrintStream out) {
        this.options = options;
        this.server = server;
        this.out = out;
    }

    /** Plays it in a directory, and leaves the logs there. Returns whether nothing was lost, doubled or wrong. */
    public boolean play(Path directory) {
        try {
            Files.createDirectories(directory);
            Path mount = Files.createTempDirectory(directory, "disk-");
            try (Disk disk = new Disk(mount)) {
                return play(disk, directory.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean play(Disk disk, Path logs) throws IOException {
        out.println("Starting Temporal and two Flowmails (seed " + options.seed() + ", logs in " + logs + ") ...");
        quietMailServer();
        int enginePort = Ports.free();
        try (Inbox inbox = new Inbox(Ports.free());
                Relay smtp = new Relay(Ports.free(), inbox.port(), random());
                Relay flow = new Relay(Ports.free(), enginePort, random());
                S3Process files = new S3Process("s3", disk.directory().resolve("s3"), logs).start();
                Relay s3 = new Relay(Ports.free(), files.port(), random());
                TemporalServer temporal = server.make(disk.directory(), logs)) {
            temporal.start();
            URI address = URI.create("http://127.0.0.1:" + flow.port());
            Map<String, String> settings = settings(temporal, s3);
            try (ConfigurableApplicationContext web = web(new FlowEngine(address, smtp.port()), enginePort);
                    FlowmailProcess first =
                            replica("first", disk, logs, settings).start();
                    FlowmailProcess second =
                            replica("second", disk, logs, settings).start()) {
                FlowEngine engine = web.getBean(FlowEngine.class);
                List<FlowmailProcess> replicas = List.of(first, second);
                Faults faults = Faults.of(replicas, temporal, smtp, flow, s3, engine, disk);
                try (Operators operators = new Operators(temporal.address());
                        Load load = load(engine, inbox, replicas, operators);
                        Hostile hostile = new Hostile(replicas, inbox, load.requests()::of, random())) {
                    Supplier<Count> count = () -> Count.of(load.requests().all(), inbox.mails(), engine::flow);
                    Strikes strikes = new Strikes(faults, replicas, options, out);
                    strikes.strike(count);
                    load.stopRequesting();
                    hostile.stop();
                    strikes.settle(load.requests(), count);
                    hostile.settle();
                    return new Findings(strikes, load, count.get(), hostile).report(out);
                }
            }
        }
    }

    /** The inbox throws at each connection that a fault cuts off. */
    private static void quietMailServer() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!thread.getName().startsWith("smtp:")) {
                thrown.printStackTrace();
            }
        });
    }

    private static FlowmailProcess replica(String name, Disk disk, Path logs, Map<String, String> settings) {
        return new FlowmailProcess(name, disk.directory().resolve(name), logs, settings);
    }

    private static Map<String, String> settings(TemporalServer temporal, Relay s3) {
        Map<String, String> settings = new HashMap<>(S3Process.asStore(s3.port()));
        settings.put("TEMPORAL_ADDRESS", temporal.address());
        settings.putAll(Keys.fresh());
        settings.put("FLOWMAIL_AUTH_USERNAME", USER);
        settings.put("FLOWMAIL_AUTH_PASSWORD", PASSWORD);
        return settings;
    }

    private static ConfigurableApplicationContext web(FlowEngine engine, int port) {
        return new SpringApplicationBuilder(EngineOnly.class)
                .properties(Map.of("server.port", port, "server.address", "127.0.0.1"))
                .initializers(context -> context.getBeanFactory().registerSingleton("engine", engine))
                .run();
    }

    private Load load(FlowEngine engine, Inbox inbox, List<FlowmailProcess> replicas, Operators operators) {
        Chance chance = new Chance(random());
        return new Load(engine, inbox, new Balancer(replicas, LOGIN, chance), operators, chance, options.perSecond());
    }

    /** The load's and the wires' own: the order of faults must not hang on what other threads draw. */
    private Random random() {
        return new Random(options.seed());
    }
}
