package dev.flowmail.verification.bench;

import dev.flowmail.servers.TemporalServer;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import dev.flowmail.verification.programs.OwnTemporal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.springframework.util.FileSystemUtils;

/**
 * Measures Flowmail against bare Temporal, turn by turn, on the same Temporal server. Processes: Temporal, Flowmail, the
 * stand-ins for the mail server and Flow's engine, the bare worker, the bare client, and this one, which makes the load.
 */
public final class Bench {
    private final Options options;
    private final PrintStream out;
    private final Progress progress;
    private final Trips trips = new Trips();

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
     * @param share how much of a core each replica gets, in percent; 0 for as much as there is
     * @param temporal {@code host:port} of a server; none for one of the bench's own
     * @param own which one that is
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
            int share,
            Optional<String> temporal,
            OwnTemporal own,
            Optional<Path> baseline) {}

    public Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(out);
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
                        ? measure(options.temporal().get(), List::of, data, logs)
                        : measureOnOwnServer(data, logs);
                Report report = new Report(outcome);
                out.print(report.table());
                Files.writeString(json, report.json());
                out.println("All values: " + json);
                return !outcome.failures().isEmpty()
                        ? Verdict.FAILED
                        : outcome.noise().isEmpty() ? Verdict.GOOD : Verdict.NOISY;
            } finally {
                var ignored = FileSystemUtils.deleteRecursively(data.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome measureOnOwnServer(Path data, Path logs) {
        try (TemporalServer temporal = options.own().make(data, logs)) {
            progress.say("starting Temporal (logs in %s)", logs);
            temporal.start();
            return measure(temporal.address(), temporal::processes, data, logs);
        }
    }

    private Outcome measure(String temporal, Supplier<List<ProcessHandle>> server, Path data, Path logs) {
        Map<String, String> settings = new HashMap<>(Keys.fresh());
        settings.put("TEMPORAL_ADDRESS", temporal);
        try (Part standIns = new Part("standins", "", logs.resolve("standins.log"), trips::note);
                FlowmailProcess flowmail = new FlowmailProcess("flowmail", data.resolve("flowmail"), logs, settings)) {
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
                    Run run = new Run(options, figures, load, trips, progress, logs);
                    Contest contest = new Contest(run, ours, bare, Optional.ofNullable(baseline));
                    contest.play();
                    IntFunction<FlowmailProcess> another = number -> new FlowmailProcess(
                            "flowmail-" + number, data.resolve("flowmail-" + number), logs, settings);
                    List<Waiting> waiting = new Parking(run, ours, another, temporal, settings).play();
                    List<Growth> growth = new Replicas(run, another).join(ours, flowmail);
                    progress.say("the stand-ins' own ceiling");
                    Outcome outcome = new Outcome(
                            options,
                            figures,
                            growth,
                            waiting,
                            ours.requestBytes(),
                            Ceiling.mails(smtpPort, options.length().dividedBy(2)),
                            Ceiling.callbacks(enginePort, options.length().dividedBy(2)),
                            ours.clicks().confirmedLater(),
                            contest.loads(),
                            contest.otherLoads(),
                            load.failures());
                    outcome.failures().addAll(ours.clicks().surprises());
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
            progress.say("start to readiness: Flowmail %.1f s, an empty web application %.1f s", ours, empty);
        }
    }
}
