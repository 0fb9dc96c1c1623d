package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.verification.bench.Load.Sample;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Flowmail with more and more replicas, each number of them with more and more callers. */
final class Replicas {
    private final Run run;
    private final IntFunction<FlowmailProcess> replica;

    /** @param replica the one of that number, not started yet */
    Replicas(Run run, IntFunction<FlowmailProcess> replica) {
        this.run = run;
        this.replica = replica;
    }

    /** Each new replica joins; all of them are closed afterwards. */
    List<Growth> join(FlowmailContender ours) {
        List<Growth> steps = new ArrayList<>();
        List<FlowmailProcess> others = new ArrayList<>();
        try {
            for (int replicas = 1; replicas <= run.options().replicas(); replicas++) {
                if (replicas > 1) {
                    FlowmailProcess other = replica.apply(replicas).start();
                    others.add(other);
                    ours.join(other);
                    run.say("warming up replica %d", replicas);
                    run.load()
                            .warmUp(ours, run.options().callers(), run.options().warmUp());
                }
                for (int callers : Growth.CALLERS) {
                    steps.add(step(ours, replicas, callers));
                }
            }
        } finally {
            others.forEach(FlowmailProcess::close);
        }
        return steps;
    }

    private Growth step(Contender ours, int replicas, int callers) {
        run.settle();
        Sample sample =
                run.load().decisions(ours, callers, run.runUp(), run.options().length());
        run.say("%d replicas, %d callers: %.1f decisions a second", replicas, callers, sample.perSecond());
        return new Growth(
                replicas,
                callers,
                sample.perSecond(),
                sample.cpu().own(),
                percentile(sample.trips(), Trip::clickToCallbackMillis, 50));
    }
}
