package dev.flowmail.simulator.drill;

import dev.flowmail.simulator.drill.Relay.Trouble;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.programs.FlowmailProcess;
import dev.flowmail.simulator.programs.Program;
import dev.flowmail.simulator.programs.TemporalServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The fault drill: two replicas of Flowmail, Temporal, a mail server and a Flow engine, each a process of its own but the last
 * two. While requests and clicks keep coming, one fault after the other strikes; then everything is mended and counted.
 */
public final class Drill {
    private static final Duration SETTLING = Duration.ofMinutes(10);

    private final Options options;
    private final BiFunction<Path, Path, TemporalServer> server;
    private final PrintStream out;
    private final Random random;
    private final Map<String, Integer> struck = new TreeMap<>();

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

    /** @param server makes a Temporal server in a directory, with its log in another */
    public Drill(Options options, BiFunction<Path, Path, TemporalServer> server, PrintStream out) {
        this.options = options;
        this.server = server;
        this.out = out;
        this.random = new Random(options.seed());
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
        int enginePort = Program.freePort();
        try (Inbox inbox = new Inbox(Program.freePort());
                Relay smtp = new Relay(Program.freePort(), inbox.port(), random);
                Relay flow = new Relay(Program.freePort(), enginePort, random);
                TemporalServer temporal = server.apply(disk.directory(), logs)) {
            temporal.start();
            URI address = URI.create("http://127.0.0.1:" + flow.port());
            Map<String, String> settings = settings(temporal);
            try (ConfigurableApplicationContext web = web(new FlowEngine(address, smtp.port()), enginePort);
                    FlowmailProcess first =
                            replica("first", disk, logs, settings).start();
                    FlowmailProcess second =
                            replica("second", disk, logs, settings).start()) {
                FlowEngine engine = web.getBean(FlowEngine.class);
                List<FlowmailProcess> replicas = List.of(first, second);
                List<Fault> faults = faults(replicas, temporal, smtp, flow, engine, disk);
                try (Load load = new Load(engine, inbox, replicas, random, options.perSecond())) {
                    Supplier<Count> count = () -> Count.of(load.requests(), inbox.mails(), engine::flow);
                    strike(faults, count);
                    load.stopRequesting();
                    settle(load, count);
                    return report(load, count.get(), disk);
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

    private static Map<String, String> settings(TemporalServer temporal) {
        return Map.of(
                "TEMPORAL_ADDRESS", temporal.address(),
                "FLOWMAIL_KEYS_LINKS", key(),
                "FLOWMAIL_KEYS_PAYLOADS", key());
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return "drill:" + Base64.getEncoder().encodeToString(key);
    }

    private static ConfigurableApplicationContext web(FlowEngine engine, int port) {
        return new SpringApplicationBuilder(EngineOnly.class)
                .properties(Map.of("server.port", port, "server.address", "127.0.0.1"))
                .initializers(context -> context.getBeanFactory().registerSingleton("engine", engine))
                .run();
    }

    private List<Fault> faults(
            List<FlowmailProcess> replicas,
            TemporalServer temporal,
            Relay smtp,
            Relay flow,
            FlowEngine engine,
            Disk disk) {
        List<Fault> faults = new ArrayList<>();
        for (FlowmailProcess replica : replicas) {
            faults.add(killed(replica));
            faults.add(new Fault("a Flowmail stopped (SIGTERM)", replica::askToEnd, () -> {
                replica.awaitEnd();
                replica.launch();
            }));
        }
        faults.add(new Fault("Temporal killed (kill -9)", temporal::kill, temporal::start));
        for (Trouble trouble : List.of(Trouble.REFUSE, Trouble.HANG, Trouble.DROP)) {
            faults.add(trouble("the mail server", smtp, trouble));
            faults.add(trouble("Flow", flow, trouble));
        }
        faults.add(
                new Fault("Flow answers 500", () -> engine.refuseCallbacks(500, Integer.MAX_VALUE), engine::recover));
        if (disk.canBeFilled()) {
            faults.add(new Fault("the disk is full", disk::fill, disk::free));
        }
        return faults;
    }

    private static Fault killed(FlowmailProcess replica) {
        return new Fault("a Flowmail killed (kill -9)", replica::kill, replica::launch);
    }

    private static Fault trouble(String what, Relay relay, Trouble trouble) {
        String does = switch (trouble) {
            case REFUSE -> "refuses connections";
            case HANG -> "hangs";
            default -> "drops connections";
        };
        return new Fault(what + " " + does, () -> relay.set(trouble), () -> relay.set(Trouble.NONE));
    }

    /** Each once, then any, until the time is over. */
    private void strike(List<Fault> faults, Supplier<Count> count) {
        List<Fault> due = new ArrayList<>(faults);
        Instant end = Instant.now().plus(options.length());
        while (!due.isEmpty() || Instant.now().isBefore(end)) {
            Fault fault = due.isEmpty() ? faults.get(chance(faults.size())) : due.remove(chance(due.size()));
            struck.merge(fault.name(), 1, Integer::sum);
            pause(Duration.ofSeconds(1 + chance(4)));
            out.println("  " + progress(count.get()) + "; now " + fault.name());
            fault.strike().run();
            pause(Duration.ofMillis(1_000 + chance((int) options.hold().toMillis())));
            fault.mend().run();
        }
    }

    private void settle(Load load, Supplier<Count> count) {
        out.println("All is mended; waiting for what is still on its way ...");
        Instant end = Instant.now().plus(SETTLING);
        while (!(isAccepted(load) && count.get().isSettled()) && Instant.now().isBefore(end)) {
            pause(Duration.ofSeconds(5));
            out.println("  " + progress(count.get()));
        }
        pause(options.quiet());
    }

    private static boolean isAccepted(Load load) {
        return load.requests().stream().allMatch(Request::isAccepted);
    }

    private static String progress(Count count) {
        return "%d accepted, %d mails, %d answers, %d callbacks; to come: %d mails, %d answers, %d callbacks"
                .formatted(
                        count.accepted(),
                        count.mails(),
                        count.answers(),
                        count.callbacksAccepted(),
                        count.mailsLost(),
                        count.unanswered(),
                        count.callbacksLost());
    }

    private boolean report(Load load, Count count, Disk disk) {
        out.println();
        struck.forEach((fault, times) -> out.println("| " + fault + " | " + times + " |"));
        if (!disk.canBeFilled()) {
            out.println("| the disk is full | not played: only root may mount a small disk |");
        }
        out.println();
        out.print(count.table());
        out.println("| requests sent again | " + load.repeats() + " | |");
        out.println("| unexpected answers | " + load.surprises().size() + " | 0 |");
        load.surprises().stream().distinct().forEach(out::println);
        return count.isGood() && isAccepted(load) && load.surprises().isEmpty();
    }

    private int chance(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
