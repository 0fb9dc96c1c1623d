package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.verification.drill.Relay.Trouble;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import dev.flowmail.verification.programs.Program;
import dev.flowmail.verification.programs.S3Process;
import dev.flowmail.verification.programs.TemporalServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The fault drill: two replicas of Flowmail, Temporal, an S3 server, a mail server and a Flow engine, each a process of its own
 * but the last two. While requests and clicks keep coming, and somebody who means ill beside them, one fault after the other
 * strikes, and now and then two together; then everything is fixed and counted.
 */
public final class Drill {
    /** As container runtimes do, what does not end is killed; sooner than by docker-compose.yml, so that it happens. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration STARTING = Duration.ofMinutes(5);
    /** Between two looks whether all is well. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration SETTLING = Duration.ofMinutes(10);

    private static final String USER = "flow";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final String LOGIN = Wire.basic(USER, PASSWORD);

    private final Options options;
    private final BiFunction<Path, Path, TemporalServer> server;
    private final PrintStream out;
    private final Map<String, Integer> struck = new TreeMap<>();
    private final List<String> notPlayed = new ArrayList<>();
    private int together;
    private int restarts;

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
                Relay smtp = new Relay(Program.freePort(), inbox.port(), random());
                Relay flow = new Relay(Program.freePort(), enginePort, random());
                S3Process files = new S3Process("s3", disk.directory().resolve("s3"), logs).start();
                Relay s3 = new Relay(Program.freePort(), files.port(), random());
                TemporalServer temporal = server.apply(disk.directory(), logs)) {
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
                List<Fault> faults = faults(replicas, temporal, smtp, flow, s3, engine, disk);
                try (Operators operators = new Operators(temporal.address());
                        Load load = new Load(engine, inbox, replicas, operators, LOGIN, random(), options.perSecond());
                        Hostile hostile = new Hostile(replicas, inbox, load::request, random())) {
                    Supplier<Count> count = () -> Count.of(load.requests(), inbox.mails(), engine::flow);
                    strike(new FaultOrder(faults, options.seed()), replicas, count);
                    load.stopRequesting();
                    hostile.stop();
                    settle(load, replicas, count);
                    hostile.settle();
                    return report(load, count.get(), hostile);
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

    private List<Fault> faults(
            List<FlowmailProcess> replicas,
            TemporalServer temporal,
            Relay smtp,
            Relay flow,
            Relay s3,
            FlowEngine engine,
            Disk disk) {
        List<Fault> faults = new ArrayList<>();
        for (FlowmailProcess replica : replicas) {
            faults.add(new Fault("a Flowmail killed (kill -9)", replica, replica::kill, replica::launch));
            faults.add(new Fault("a Flowmail stopped (SIGTERM)", replica, replica::askToEnd, () -> {
                replica.endWithin(GRACE);
                replica.launch();
            }));
        }
        FlowmailProcess traveller = replicas.get(0);
        faults.add(new Fault(
                "a Flowmail killed, then started in another time zone",
                traveller,
                traveller::kill,
                () -> traveller.launchIn("Pacific/Auckland")));
        faults.add(new Fault("Temporal killed (kill -9)", temporal, temporal::kill, temporal::start));
        for (Trouble trouble : List.of(Trouble.REFUSE, Trouble.HANG, Trouble.DROP)) {
            faults.add(trouble("the mail server", smtp, trouble));
            faults.add(trouble("Flow", flow, trouble));
            faults.add(trouble("the S3 server", s3, trouble));
        }
        faults.add(trouble("Flow", flow, Trouble.SLOW));
        faults.add(new Fault(
                "Flow answers 500", flow, () -> engine.refuseCallbacks(500, Integer.MAX_VALUE), engine::recover));
        if (disk.canBeFilled()) {
            // its database lies there: it could not start again meanwhile
            faults.add(new Fault("the disk is full", temporal, disk::fill, disk::free));
        } else {
            notPlayed.add("the disk is full: only root may mount a small disk");
        }
        return faults;
    }

    private static Fault trouble(String what, Relay relay, Trouble trouble) {
        String does = switch (trouble) {
            case REFUSE -> "refuses connections";
            case HANG -> "hangs";
            case SLOW -> "is slow";
            default -> "drops connections";
        };
        return new Fault(what + " " + does, relay, () -> relay.set(trouble), () -> relay.set(Trouble.NONE));
    }

    /** The load's and the wires' own: the order of faults must not hang on what other threads draw. */
    private Random random() {
        return new Random(options.seed());
    }

    /** Each once, then any, until the time is over. */
    private void strike(FaultOrder order, List<FlowmailProcess> replicas, Supplier<Count> count) {
        Instant end = Instant.now().plus(options.length());
        while (order.isIncomplete() || Instant.now().isBefore(end)) {
            List<Fault> now = order.next();
            now.forEach(fault -> struck.merge(fault.name(), 1, Integer::sum));
            together += now.size() - 1;
            awaitOneReady(replicas);
            pause(Duration.ofSeconds(1 + order.chance(4)));
            String names = now.stream().map(Fault::name).collect(Collectors.joining(", and "));
            out.println("  " + progress(count.get()) + "; now " + names);
            for (Fault fault : now) {
                fault.strike().run();
                pause(Duration.ofMillis(
                        1_000 + order.chance((int) options.hold().toMillis())));
            }
            now.forEach(fault -> fault.end().run());
            restart(replicas);
        }
    }

    /** On a slow machine faults would otherwise come faster than any Flowmail can start, and strike nothing. */
    private void awaitOneReady(List<FlowmailProcess> replicas) {
        Instant end = Instant.now().plus(STARTING);
        while (replicas.stream().noneMatch(FlowmailProcess::isReady)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("No Flowmail got ready within " + STARTING.toMinutes() + " minutes");
            }
            pause(Duration.ofSeconds(1));
            restart(replicas);
        }
    }

    /** As whatever runs programs in production does with one that could not start. */
    private void restart(List<FlowmailProcess> replicas) {
        for (FlowmailProcess replica : replicas) {
            if (!replica.isAlive()) {
                restarts++;
                replica.launch();
            }
        }
    }

    private void settle(Load load, List<FlowmailProcess> replicas, Supplier<Count> count) {
        out.println("Everything is fixed; waiting for what is still on its way ...");
        Instant end = Instant.now().plus(SETTLING);
        while (!(isAccepted(load) && count.get().isSettled()) && Instant.now().isBefore(end)) {
            restart(replicas);
            pause(Duration.ofSeconds(5));
            out.println("  " + progress(count.get()));
        }
        lookForSecondMails(replicas);
    }

    /** Time in which a Flowmail was not ready does not count: it could have sent nothing. */
    private void lookForSecondMails(List<FlowmailProcess> replicas) {
        Duration left = options.quiet();
        Instant end = Instant.now().plus(SETTLING).plus(left);
        while (!left.isNegative() && !left.isZero() && Instant.now().isBefore(end)) {
            restart(replicas);
            boolean ready = replicas.stream().allMatch(FlowmailProcess::isReady);
            Duration step = left.compareTo(LOOK) < 0 ? left : LOOK;
            pause(step);
            left = ready ? left.minus(step) : left;
        }
        out.println("Looked for second mails for " + options.quiet().toSeconds() + " s.");
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

    private boolean report(Load load, Count count, Hostile hostile) {
        out.println();
        out.println("| fault | times |");
        out.println("|---|---:|");
        struck.forEach((fault, times) -> out.println("| " + fault + " | " + times + " |"));
        out.println("| two at the same time, of all these | " + together + " |");
        out.println("| a Flowmail could not start, and was started again | " + restarts + " |");
        notPlayed.forEach(fault -> out.println("Not played: " + fault));
        out.println();
        out.print(count.table());
        out.println("| requests sent again after 429 or 503 | " + load.refused() + " | |");
        out.println("| requests sent again after no answer | " + load.unanswered() + " | |");
        out.println("| unexpected answers | " + load.surprises().size() + " | 0 |");
        load.surprises().stream().distinct().forEach(out::println);
        hostile.successes().stream().distinct().forEach(out::println);
        count.filesWrong().forEach(out::println);
        boolean good = count.isGood()
                && isAccepted(load)
                && load.surprises().isEmpty()
                && hostile.successes().isEmpty();
        String doubled = count.mailsDoubled() + " mails came twice with the same Message-ID.";
        out.println((good ? "Nothing was lost or wrong; " : "The drill failed: see the numbers above; ") + doubled + " "
                + hostile.summary());
        return good;
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
