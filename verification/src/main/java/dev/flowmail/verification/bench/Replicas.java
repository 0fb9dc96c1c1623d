package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.verification.bench.Load.Sample;
import dev.flowmail.verification.programs.CpuShare;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Flowmail with more and more replicas, each number of them with more and more callers. Where each has a part of a core only,
 * there are twice as many in each step, with enough callers to keep all of them busy.
 */
final class Replicas {
    private static final List<Integer> CALLERS = List.of(1, 4, 16, 64);
    private static final int CALLERS_OF_EACH = 8;

    private final Run run;
    private final IntFunction<FlowmailProcess> replica;
    private final int share;

    /** @param replica the one of that number, not started yet */
    Replicas(Run run, IntFunction<FlowmailProcess> replica) {
        this.run = run;
        this.replica = replica;
        this.share = run.options().share();
    }

    /** Each new replica joins the first; all but that are closed afterwards. */
    List<Growth> join(FlowmailContender ours, FlowmailProcess first) {
        List<Growth> steps = new ArrayList<>();
        List<FlowmailProcess> all = new ArrayList<>(List.of(first));
        try (CpuShare part = new CpuShare(share)) {
            for (int replicas = 1; replicas <= run.options().replicas(); replicas = next(replicas)) {
                while (all.size() < replicas) {
                    all.add(start(ours, all.size() + 1));
                }
                if (share > 0) {
                    // the last to come have started and are warm
                    all.subList(replicas / 2, replicas).forEach(one -> part.limit(one.handle()));
                }
                for (int callers : share > 0 ? List.of(CALLERS_OF_EACH * replicas) : CALLERS) {
                    steps.add(step(ours, replicas, callers));
                }
            }
        } finally {
            all.subList(1, all.size()).forEach(FlowmailProcess::close);
        }
        return steps;
    }

    private int next(int replicas) {
        return share > 0 ? 2 * replicas : replicas + 1;
    }

    private FlowmailProcess start(FlowmailContender ours, int number) {
        FlowmailProcess other = replica.apply(number).start();
        ours.join(other);
        run.say("warming up replica %d", number);
        run.load().warmUp(ours, run.options().callers(), run.options().warmUp());
        return other;
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
                sample.cpu().server(),
                percentile(sample.trips(), Trip::clickToCallbackMillis, 50));
    }
}
