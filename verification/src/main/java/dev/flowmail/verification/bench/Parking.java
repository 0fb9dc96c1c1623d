package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.servers.Program;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.verification.bench.Load.Sample;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.PackagedFlowmail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What requests cost that wait, each time ten times as many: the most are compared with the fewest, which stand where
 * otherwise bare Temporal does.
 */
final class Parking {
    private static final int FEWEST = 100;

    private final Run run;
    private final FlowmailContender ours;
    private final IntFunction<FlowmailProcess> another;
    private final String temporal;
    private final Map<String, String> settings;
    private final List<Trip> waiting = new ArrayList<>();

    /**
     * @param another a Flowmail of that number, not started yet
     * @param temporal {@code host:port}
     * @param settings of each Flowmail, Temporal's address and keys among them
     */
    Parking(
            Run run,
            FlowmailContender ours,
            IntFunction<FlowmailProcess> another,
            String temporal,
            Map<String, String> settings) {
        this.run = run;
        this.ours = ours;
        this.another = another;
        this.temporal = temporal;
        this.settings = settings;
    }

    /** Leaves nothing to compare where no more than a few are asked for. */
    List<Waiting> play() {
        int most = run.options().parked();
        if (most <= FEWEST) {
            return List.of();
        }
        List<Waiting> steps = new ArrayList<>();
        for (int requests = FEWEST; requests < most; requests *= 10) {
            steps.add(look(requests));
        }
        steps.add(look(most));
        compare(Side.BARE, steps.get(0));
        compare(Side.FLOWMAIL, steps.get(steps.size() - 1));
        List<Trip> first = waiting.subList(0, FEWEST);
        run.load().answer(ours, first);
        run.figures().clickAfterWait.flowmail(percentile(first, Trip::clickToCallbackMillis, 50));
        return steps;
    }

    private Waiting look(int requests) {
        run.say("%,d requests that nobody answers", requests);
        waiting.addAll(run.load().park(ours, run.options().callers(), requests - waiting.size()));
        run.settle();
        Sample one = run.load().decisions(ours, 1, Duration.ZERO, run.options().length());
        return new Waiting(
                requests,
                Memory.of(ours.processes().get(0)),
                percentile(one.trips(), Trip::clickToCallbackMillis, 50),
                start(requests),
                secondsOf(PackagedFlowmail.command("doctor")),
                1_000 * secondsOf(operatorsList()));
    }

    private double start(int requests) {
        try (FlowmailProcess other = another.apply(requests)) {
            return Startup.ofFlowmail(other);
        }
    }

    private List<String> operatorsList() {
        return List.of(
                TemporalProcess.cli().toString(),
                "workflow",
                "list",
                "--address=" + temporal,
                "--query=FlowmailStatus = 'Waiting'",
                "--limit=20");
    }

    private double secondsOf(List<String> command) {
        Program program = new Program(run.logs().resolve("operators.log"), command, settings);
        long start = System.nanoTime();
        program.start();
        var ignored = program.awaitEnd();
        return (System.nanoTime() - start) / 1e9;
    }

    private void compare(Side side, Waiting step) {
        run.figures().clickParked.add(side, step.clickMillis());
        run.figures().residentParked.add(side, step.memory().resident());
        run.figures().heapParked.add(side, step.memory().heap());
    }
}
