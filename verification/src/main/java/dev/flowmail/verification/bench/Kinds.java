package dev.flowmail.verification.bench;

import dev.flowmail.verification.bench.Load.Sample;
import java.time.Instant;

/** What a decision costs that is held, and one with a fresh code; a plain one takes its turn, too. */
final class Kinds {
    private final Run run;
    private final FlowmailContender ours;
    private final BareContender bare;

    /** @param bare reads the histories */
    Kinds(Run run, FlowmailContender ours, BareContender bare) {
        this.run = run;
        this.ours = ours;
        this.bare = bare;
    }

    /** One round of all of them. */
    void play() {
        Cost.Measured plain = cost(ours);
        run.figures().held.add(cost(ours.held()), plain);
        run.figures().proven.add(cost(ours.proven()), plain);
    }

    private Cost.Measured cost(Contender kind) {
        run.settle();
        long since = Instant.now().getEpochSecond();
        Sample sample = run.load()
                .decisions(
                        kind,
                        run.options().callers(),
                        run.runUp(),
                        run.options().length().dividedBy(2));
        run.say("%s: %.1f ms of CPU each", kind.name(), sample.cpu().own());
        return new Cost.Measured(sample, bare.histories("DecisionWorkflow", since));
    }
}
