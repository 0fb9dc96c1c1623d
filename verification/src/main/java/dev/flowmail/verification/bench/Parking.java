package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.verification.bench.Load.Sample;
import java.time.Duration;
import java.util.List;

/** What requests cost that wait: many are compared with a few, so the few stand where otherwise bare Temporal does. */
final class Parking {
    private static final int FEW = 100;

    private final Run run;
    private final FlowmailContender ours;

    Parking(Run run, FlowmailContender ours) {
        this.run = run;
        this.ours = ours;
    }

    /** Leaves nothing to compare where no more than a few are asked for. */
    void play() {
        int many = run.options().parked();
        if (many <= FEW) {
            return;
        }
        run.say("%d requests that nobody answers", FEW);
        List<Trip> first = park(FEW);
        look(Side.BARE);
        run.say("%d requests that nobody answers; that takes a while", many);
        park(many - FEW);
        look(Side.FLOWMAIL);
        run.load().answer(ours, first);
        run.figures().clickAfterWait.flowmail(percentile(first, Trip::clickToCallbackMillis, 50));
    }

    private List<Trip> park(int requests) {
        return run.load().park(ours, run.options().callers(), requests);
    }

    private void look(Side side) {
        Sample one = run.load().decisions(ours, 1, Duration.ZERO, run.options().length());
        run.figures().clickParked.add(side, percentile(one.trips(), Trip::clickToCallbackMillis, 50));
        Memory memory = Memory.of(ours.processes().get(0));
        run.figures().residentParked.add(side, memory.resident());
        run.figures().heapParked.add(side, memory.heap());
    }
}
