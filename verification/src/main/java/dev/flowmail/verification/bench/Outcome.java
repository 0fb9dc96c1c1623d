package dev.flowmail.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of a bench. */
record Outcome(
        Bench.Options options,
        Figures figures,
        List<Growth> growth,
        List<Waiting> waiting,
        int requestBytes,
        double ceilingOfMails,
        double ceilingOfCallbacks,
        long clicksConfirmedLater,
        List<Double> loads,
        List<Double> otherLoads,
        List<String> failures) {
    private static final double MOST_OTHER_LOAD = 0.1;
    private static final double MOST_SPREAD = 0.25;

    /** Why the figures say little; nothing when they do. */
    List<String> noise() {
        List<String> noise = new ArrayList<>();
        double others =
                otherLoads.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (others > MOST_OTHER_LOAD) {
            noise.add(
                    String.format(Locale.ROOT, "other programs used %.0f %% of the machine in a round", 100 * others));
        }
        double apart = figures.decisions.spread(Side.BARE);
        if (apart > MOST_SPREAD) {
            noise.add(String.format(
                    Locale.ROOT, "bare Temporal's own decisions a second are %.0f %% apart", 100 * apart));
        }
        return noise;
    }
}
