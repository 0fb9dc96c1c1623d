package dev.flowmail.verification.bench;

import dev.flowmail.verification.bench.bare.Bare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Flowmail, bare Temporal and, where there is one, another version of Flowmail, measured in turn. */
final class Contest {
    private final Run run;
    private final Figures figures;
    private final FlowmailContender ours;
    private final BareContender bare;
    private final Optional<Baseline> baseline;
    private final List<Contender> contenders;
    private final Rounds rounds;

    Contest(Run run, FlowmailContender ours, BareContender bare, Optional<Baseline> baseline) {
        this.run = run;
        this.figures = run.figures();
        this.ours = ours;
        this.bare = bare;
        this.baseline = baseline;
        this.contenders = Stream.concat(Stream.of(ours, bare), baseline.map(Baseline::contender).stream())
                .toList();
        this.rounds = new Rounds(run);
    }

    /** Notes every figure but those of the start and of replicas. */
    void play() {
        long since = Instant.now().getEpochSecond();
        remember(figures.residentIdle, figures.heapIdle);
        if (run.options().burst() > 0) {
            contenders.forEach(this::burst);
        }
        warmUp();
        for (int number = 1; number <= run.options().rounds(); number++) {
            List<Contender> order = new ArrayList<>(contenders);
            Collections.rotate(order, number - 1);
            rounds.play(order, number);
        }
        remember(figures.residentBusy, figures.heapBusy);
        if (run.options().flood() > 0) {
            flood(ours);
            baseline.ifPresent(other -> flood(other.contender()));
        }
        histories(Side.FLOWMAIL, bare.histories("DecisionWorkflow", since));
        histories(Side.BARE, bare.histories(Bare.WORKFLOW, since));
        baseline.ifPresent(other -> histories(Side.BASELINE, other.histories("DecisionWorkflow", since)));
        Kinds kinds = new Kinds(run, ours, bare);
        for (int number = 1; number <= run.options().rounds(); number++) {
            kinds.play();
        }
    }

    private void warmUp() {
        int decisions = run.options().warmUp();
        if (decisions == 0) {
            return;
        }
        run.say("warming up: %d decisions each", decisions);
        contenders.stream()
                .map(who -> CompletableFuture.runAsync(
                        () -> run.load().warmUp(who, run.options().callers(), decisions),
                        task -> new Thread(task).start()))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private void burst(Contender who) {
        run.settle();
        Burst.Sample burst =
                Burst.of(who, run.trips(), run.options().burst(), run.options().callers());
        burst.note(figures, who.side());
        run.load().failures().addAll(burst.allFailures());
        run.say("%s", burst.words(who.name()));
    }

    private void flood(FlowmailContender who) {
        run.settle();
        Flood.Sample flood = Flood.of(run, who);
        flood.note(figures, who.side());
        run.say("%s", flood.words(run.options().flood(), who.name()));
    }

    private void histories(Side side, List<int[]> histories) {
        for (int[] history : histories) {
            figures.events.add(side, history[0]);
            figures.bytes.add(side, history[1]);
            figures.actions.add(side, history[2]);
        }
    }

    private void remember(Figure resident, Figure heap) {
        for (Contender who : List.of(ours, bare)) {
            Memory memory = Memory.of(who.processes().get(0));
            resident.add(who.side(), memory.resident());
            heap.add(who.side(), memory.heap());
        }
    }

    /** The load of the machine after each round. */
    List<Double> loads() {
        return rounds.loads();
    }

    /** What other programs used of the machine in each round; 1 is all of it. */
    List<Double> otherLoads() {
        return rounds.otherLoads();
    }
}
