package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.verification.bench.Load.Sample;
import dev.flowmail.verification.bench.bare.Bare;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import dev.flowmail.verification.programs.TemporalProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Measures Flowmail against bare Temporal, turn by turn, on the same Temporal server. Processes: Temporal, Flowmail, the
 * stand-ins for the mail server and Flow's engine, the bare worker, the bare client, and this one, which makes the load.
 */
public final class Bench {
    /** For every JVM that is measured. */
    static final List<String> JVM = List.of("-Xmx512m");

    /** With so many requests waiting the memory with more of them is compared. */
    private static final int FEW_PARKED = 100;

    /** Longer than a queue of this length takes: the task was lost on its way to the worker. */
    private static final long LATE_MILLIS = 50_000;

    private static final int MAILS_PER_SECOND_OF_LENGTH = 30;

    private static final double MOST_OTHER_LOAD = 0.1;
    private static final double MOST_SPREAD = 0.25;

    private final Options options;
    private final PrintStream out;
    private final Trips trips = new Trips();
    private final List<Double> loads = new ArrayList<>();
    private final List<Double> otherLoads = new ArrayList<>();

    /**
     * What to measure.
     *
     * @param length of one measurement
     * @param rounds how often each is made
     * @param callers how many requests are on their way at once
     * @param warmUp decisions by each before the first measurement
     * @param burst decisions that are asked of processes that have just started, as fast as they take them; 0 for none
     * @param flood plain mails that another tenant sends at once while decisions are measured; 0 for none
     * @param parked requests that wait, to measure memory; 0 for not at all
     * @param replicas up to how many are measured with more and more callers; 0 for not at all
     * @param temporal {@code host:port} of a server; none for one of the bench's own
     * @param baseline the jar of another version's unpacked program, to be measured in the same run
     */
    public record Options(
            Duration length,
            int rounds,
            int callers,
            int warmUp,
            int burst,
            int flood,
            int parked,
            int replicas,
            Optional<String> temporal,
            Optional<Path> baseline) {}

    public Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** What came of it. */
    record Outcome(
            Options options,
            Figures figures,
            List<Growth> growth,
            int requestBytes,
            double ceilingOfMails,
            double ceilingOfCallbacks,
            long clicksConfirmedLater,
            List<Double> loads,
            List<Double> otherLoads,
            List<String> failures) {

        /** Why the figures say little; nothing when they do. */
        List<String> noise() {
            List<String> noise = new ArrayList<>();
            double others =
                    otherLoads.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            if (others > MOST_OTHER_LOAD) {
                noise.add(String.format(
                        Locale.ROOT, "other programs used %.0f %% of the machine in a round", 100 * others));
            }
            double apart = figures.decisions.spread(Side.BARE);
            if (apart > MOST_SPREAD) {
                noise.add(String.format(
                        Locale.ROOT, "bare Temporal's own decisions a second are %.0f %% apart", 100 * apart));
            }
            return noise;
        }
    }

    /** How a measurement came out. */
    public enum Verdict {
        GOOD,
        /** Something failed that should not. */
        FAILED,
        /** The machine was too busy with other things for the figures to mean much. */
        NOISY
    }

    /** Measures, and leaves logs in a directory. Prints the table and writes the JSON. */
    public Verdict measure(Path directory, Path json) {
        // whoever stops the bench stops what it has started
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        try {
            Path logs = Files.createDirectories(directory).toAbsolutePath();
            Path data = Files.createTempDirectory(logs, "run-");
            try {
                Outcome outcome = options.temporal().isPresent()
                        ? measure(options.temporal().get(), List.of(), data, logs)
                        : measureOnOwnServer(data, logs);
                Report report = new Report(outcome);
                out.print(report.table());
                Files.writeString(json, report.json());
                out.println("All values: " + json);
                return !outcome.failures().isEmpty()
                        ? Verdict.FAILED
                        : outcome.noise().isEmpty() ? Verdict.GOOD : Verdict.NOISY;
            } finally {
                delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome measureOnOwnServer(Path data, Path logs) {
        try (TemporalProcess temporal = new TemporalProcess("temporal", data.resolve("temporal.db"), logs)) {
            say("starting Temporal (logs in " + logs + ")");
            temporal.start();
            return measure(temporal.address(), List.of(temporal.handle()), data, logs);
        }
    }

    private Outcome measure(String temporal, List<ProcessHandle> server, Path data, Path logs) {
        Map<String, String> settings = new HashMap<>(Keys.fresh());
        settings.put("TEMPORAL_ADDRESS", temporal);
        try (Part standIns = new Part("standins", "", logs.resolve("standins.log"), trips::note);
                FlowmailProcess flowmail =
                        new FlowmailProcess("flowmail", data.resolve("flowmail"), logs, settings, JVM)) {
            int smtpPort = Integer.parseInt(standIns.readyWords()[1]);
            int enginePort = Integer.parseInt(standIns.readyWords()[2]);
            FlowmailContender ours = new FlowmailContender(Side.FLOWMAIL, flowmail, server, smtpPort, enginePort);
            Figures figures = new Figures(options, ours.requestBytes());
            startUp(figures, flowmail, temporal, logs);
            try (Part worker = new Part("worker", temporal, logs.resolve("worker.log"), trips::note);
                    Baseline baseline = options.baseline()
                            .map(jar -> new Baseline(jar, data, logs, smtpPort, enginePort))
                            .orElse(null)) {
                BareContender bare = new BareContender(worker, server);
                try (Part client = new Part("client", temporal, logs.resolve("client.log"), bare::note)) {
                    bare.calledBy(client);
                    Load load = new Load(trips);
                    measure(figures, load, ours, bare, Optional.ofNullable(baseline));
                    List<Growth> growth = grow(
                            load,
                            ours,
                            number -> new FlowmailProcess(
                                    "flowmail-" + number, data.resolve("flowmail-" + number), logs, settings, JVM));
                    say("the stand-ins' own ceiling");
                    Outcome outcome = new Outcome(
                            options,
                            figures,
                            growth,
                            ours.requestBytes(),
                            Ceiling.mails(smtpPort, options.length().dividedBy(2)),
                            Ceiling.callbacks(enginePort, options.length().dividedBy(2)),
                            ours.clicksConfirmedLater(),
                            loads,
                            otherLoads,
                            load.failures());
                    outcome.failures().addAll(ours.surprises());
                    return outcome;
                }
            }
        }
    }

    /** The last Flowmail that was started is the one that is measured. */
    private void startUp(Figures figures, FlowmailProcess flowmail, String temporal, Path logs) {
        for (int round = 0; round < options.rounds(); round++) {
            if (round > 0) {
                flowmail.stop();
            }
            double empty = Startup.ofEmptyApplication(temporal, logs);
            double ours = Startup.ofFlowmail(flowmail);
            figures.start.bare(empty);
            figures.start.flowmail(ours);
            say("start to readiness: Flowmail %.1f s, an empty web application %.1f s", ours, empty);
        }
    }

    private void measure(
            Figures figures, Load load, FlowmailContender ours, BareContender bare, Optional<Baseline> baseline) {
        long since = Instant.now().getEpochSecond();
        remember(
                figures.residentIdle,
                figures.heapIdle,
                Memory.of(ours.processes().get(0)),
                Memory.of(bare.processes().get(0)));
        if (options.burst() > 0) {
            all(ours, bare, baseline).forEach(who -> burst(figures, load, who));
        }
        if (options.warmUp() > 0) {
            say("warming up: %d decisions each", options.warmUp());
            all(ours, bare, baseline)
                    .map(who -> CompletableFuture.runAsync(
                            () -> load.warmUp(who, options.callers(), options.warmUp()),
                            task -> new Thread(task).start()))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        for (int round = 1; round <= options.rounds(); round++) {
            List<Contender> order = new ArrayList<>(all(ours, bare, baseline).toList());
            Collections.rotate(order, round - 1);
            round(figures, load, order, round);
        }
        remember(
                figures.residentBusy,
                figures.heapBusy,
                Memory.of(ours.processes().get(0)),
                Memory.of(bare.processes().get(0)));
        if (options.flood() > 0) {
            flood(figures, load, ours);
            baseline.ifPresent(other -> flood(figures, load, other.contender()));
        }
        histories(figures, Side.FLOWMAIL, bare.histories("DecisionWorkflow", since));
        histories(figures, Side.BARE, bare.histories(Bare.WORKFLOW, since));
        baseline.ifPresent(other -> histories(figures, Side.BASELINE, other.histories("DecisionWorkflow", since)));
        for (int round = 1; round <= options.rounds(); round++) {
            kinds(figures, load, ours, bare);
        }
        if (options.parked() > FEW_PARKED) {
            park(figures, load, ours);
        }
    }

    private void burst(Figures figures, Load load, Contender who) {
        settle();
        Burst.Sample burst = Burst.of(who, trips, options.burst(), options.callers());
        figures.burst.add(who.side(), burst.seconds());
        figures.burstCpu.add(who.side(), burst.cpuMillis());
        if (!burst.visits().isEmpty()) {
            figures.burstPages.add(who.side(), burst.pageMillis(95));
        }
        load.failures().addAll(burst.failures());
        if (burst.refused() > 0) {
            load.failures().add(burst.refused() + " of " + burst.visits().size() + " pages in a burst were refused");
        }
        say(
                "%d decisions at once, %s: the last callback after %.1f s, pages in %.0f ms (p50) and %.0f ms (p95),"
                        + " %d of %d refused, %.0f ms of CPU each",
                options.burst(),
                who.name(),
                burst.seconds(),
                burst.pageMillis(50),
                burst.pageMillis(95),
                burst.refused(),
                burst.visits().size(),
                burst.cpuMillis());
    }

    /** The time without the flood stands where otherwise bare Temporal does. */
    private void flood(Figures figures, Load load, FlowmailContender who) {
        settle();
        Flood.Sample flood = Flood.of(load, trips, who, options.flood(), options.callers(), options.length());
        figures.flooded.add(who.side(), flood.floodedMillis());
        if (who.side() == Side.FLOWMAIL) {
            figures.flooded.bare(flood.aloneMillis());
        }
        say(
                "another tenant's %d mails, %s: request to mail %.0f ms (p95 of %d) instead of %.0f ms, %d times told to come"
                        + " again",
                options.flood(),
                who.name(),
                flood.floodedMillis(),
                flood.decisions(),
                flood.aloneMillis(),
                flood.refusals());
    }

    private void round(Figures figures, Load load, List<Contender> order, int round) {
        OtherLoad others = new OtherLoad();
        String title = "round " + round + " of " + options.rounds() + ": ";
        for (Contender who : order) {
            settle();
            Sample many = load.decisions(who, options.callers(), runUp(), options.length());
            figures.decisions.add(who.side(), many.perSecond());
            figures.cpu.add(who.side(), 1_000 * many.cpuSeconds());
            figures.serverCpu.add(who.side(), 1_000 * many.serverCpuSeconds());
            figures.accept.add(who.side(), percentile(many.trips(), Trip::acceptMillis, 50));
            figures.acceptTail.add(who.side(), percentile(many.trips(), Trip::acceptMillis, 99));
            figures.click.add(who.side(), percentile(many.trips(), Trip::clickToCallbackMillis, 50));
            figures.clickTail.add(who.side(), percentile(many.trips(), Trip::clickToCallbackMillis, 99));
            figures.mail.add(who.side(), percentile(many.trips(), Trip::requestToMailMillis, 50));
            figures.mailTail.add(who.side(), percentile(many.trips(), Trip::requestToMailMillis, 95));
            say(title + who.name() + ", %.1f decisions a second", many.perSecond());
        }
        for (Contender who : order) {
            settle();
            Sample one = load.decisions(who, 1, Duration.ZERO, options.length());
            figures.decisionsOfOne.add(who.side(), one.perSecond());
            figures.acceptOne.add(who.side(), percentile(one.trips(), Trip::acceptMillis, 50));
            figures.acceptOneTail.add(who.side(), percentile(one.trips(), Trip::acceptMillis, 99));
            figures.clickOne.add(who.side(), percentile(one.trips(), Trip::clickToCallbackMillis, 50));
            figures.clickOneTail.add(who.side(), percentile(one.trips(), Trip::clickToCallbackMillis, 99));
            figures.mailOne.add(who.side(), percentile(one.trips(), Trip::requestToMailMillis, 50));
            say(
                    title + who.name() + ", one caller: accepted in %.1f ms, click to callback %.1f ms",
                    percentile(one.trips(), Trip::acceptMillis, 50),
                    percentile(one.trips(), Trip::clickToCallbackMillis, 50));
        }
        for (Contender who : order) {
            settle();
            int mails = (int) (options.length().toSeconds() * MAILS_PER_SECOND_OF_LENGTH);
            Sample sends = load.sends(who, options.callers(), mails);
            figures.sends.add(who.side(), sends.perSecond());
            figures.cpuOfSend.add(who.side(), 1_000 * sends.cpuSeconds());
            long late = sends.trips().stream()
                    .filter(trip -> trip.mailed.isDone() && trip.requestToMailMillis() > LATE_MILLIS)
                    .count();
            figures.lateSends.add(who.side(), (double) late);
            say(title + who.name() + ", %.1f plain sends a second", sends.perSecond());
        }
        others.share().ifPresent(otherLoads::add);
        loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** What a decision costs that is held, and one with a fresh code; a plain one takes its turn, too. */
    private void kinds(Figures figures, Load load, FlowmailContender ours, BareContender bare) {
        Cost.Measured plain = cost(load, ours, bare);
        figures.held.add(cost(load, ours.held(), bare), plain);
        figures.proven.add(cost(load, ours.proven(), bare), plain);
    }

    private Cost.Measured cost(Load load, Contender kind, BareContender bare) {
        settle();
        long since = Instant.now().getEpochSecond();
        Sample sample = load.decisions(
                kind, options.callers(), runUp(), options.length().dividedBy(2));
        say("%s: %.1f ms of CPU each", kind.name(), 1_000 * sample.cpuSeconds());
        return new Cost.Measured(sample, bare.histories("DecisionWorkflow", since));
    }

    private static void remember(Figure resident, Figure heap, Memory ours, Memory bare) {
        resident.flowmail(ours.resident());
        resident.bare(bare.resident());
        heap.flowmail(ours.heap());
        heap.bare(bare.heap());
    }

    private static Stream<Contender> all(Contender ours, Contender bare, Optional<Baseline> baseline) {
        return Stream.concat(Stream.of(ours, bare), baseline.map(Baseline::contender).stream());
    }

    private static void histories(Figures figures, Side side, List<int[]> histories) {
        for (int[] history : histories) {
            figures.events.add(side, history[0]);
            figures.bytes.add(side, history[1]);
            figures.actions.add(side, history[2]);
        }
    }

    /** Compares many waiting requests with a few, so the few stand where otherwise bare Temporal does. */
    private void park(Figures figures, Load load, FlowmailContender ours) {
        say("%d requests that nobody answers", FEW_PARKED);
        List<Trip> first = load.park(ours, options.callers(), FEW_PARKED);
        look(load, ours, figures.residentParked::bare, figures.heapParked::bare, figures.clickParked::bare);
        say("%d requests that nobody answers; that takes a while", options.parked());
        load.park(ours, options.callers(), options.parked() - FEW_PARKED);
        look(load, ours, figures.residentParked::flowmail, figures.heapParked::flowmail, figures.clickParked::flowmail);
        load.answer(ours, first);
        figures.clickAfterWait.flowmail(percentile(first, Trip::clickToCallbackMillis, 50));
    }

    private void look(
            Load load,
            Contender ours,
            Consumer<Double> resident,
            Consumer<Double> heap,
            Consumer<Double> clickToCallback) {
        Sample one = load.decisions(ours, 1, Duration.ZERO, options.length());
        clickToCallback.accept(percentile(one.trips(), Trip::clickToCallbackMillis, 50));
        Memory memory = Memory.of(ours.processes().get(0));
        resident.accept(memory.resident());
        heap.accept(memory.heap());
    }

    private List<Growth> grow(Load load, FlowmailContender ours, IntFunction<FlowmailProcess> replica) {
        List<Growth> steps = new ArrayList<>();
        List<FlowmailProcess> others = new ArrayList<>();
        try {
            for (int replicas = 1; replicas <= options.replicas(); replicas++) {
                if (replicas > 1) {
                    FlowmailProcess other = replica.apply(replicas).start();
                    others.add(other);
                    ours.join(other);
                    say("warming up replica %d", replicas);
                    load.warmUp(ours, options.callers(), options.warmUp());
                }
                for (int callers : Growth.CALLERS) {
                    settle();
                    Sample sample = load.decisions(ours, callers, runUp(), options.length());
                    Growth step = new Growth(
                            replicas,
                            callers,
                            sample.perSecond(),
                            1_000 * sample.cpuSeconds(),
                            percentile(sample.trips(), Trip::clickToCallbackMillis, 50));
                    steps.add(step);
                    say("%d replicas, %d callers: %.1f decisions a second", replicas, callers, step.perSecond());
                }
            }
        } finally {
            others.forEach(FlowmailProcess::close);
        }
        return steps;
    }

    private Duration runUp() {
        Duration quarter = options.length().dividedBy(4);
        return quarter.compareTo(Duration.ofSeconds(3)) < 0 ? quarter : Duration.ofSeconds(3);
    }

    /** What one contender has left to do must not be done while the other is measured. */
    private static void settle() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void say(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
