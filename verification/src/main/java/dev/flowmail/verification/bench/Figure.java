package dev.flowmail.verification.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** One line of the table: a value of each round for Flowmail and, where they have one, for bare Temporal and another version. */
final class Figure {
    private final String name;
    private final String unit;
    private final Optional<Goal> goal;
    private final Map<Side, List<Double>> values = new EnumMap<>(Side.class);

    /**
     * What is to be reached.
     *
     * @param words as people read it
     * @param compare makes one number of Flowmail's value and bare Temporal's
     * @param limit for that number
     * @param atLeast whether it must not be below the limit, rather than above
     */
    record Goal(String words, DoubleBinaryOperator compare, double limit, boolean atLeast) {

        static Goal ratioAtLeast(double limit) {
            return new Goal(">= " + limit + " x", Goal::ratio, limit, true);
        }

        static Goal ratioAtMost(double limit) {
            return new Goal("<= " + limit + " x", Goal::ratio, limit, false);
        }

        /** Of Flowmail's own value, whatever bare Temporal's is. */
        static Goal atMost(double limit) {
            return new Goal(String.format(Locale.ROOT, "<= %.0f", limit), (flowmail, bare) -> flowmail, limit, false);
        }

        private static double ratio(double flowmail, double bare) {
            return flowmail / bare;
        }

        boolean isMet(double compared) {
            return atLeast ? compared >= limit : compared <= limit;
        }
    }

    Figure(String name, String unit) {
        this(name, unit, Optional.empty());
    }

    Figure(String name, String unit, Goal goal) {
        this(name, unit, Optional.of(goal));
    }

    private Figure(String name, String unit, Optional<Goal> goal) {
        this.name = name;
        this.unit = unit;
        this.goal = goal;
        for (Side side : Side.values()) {
            values.put(side, new ArrayList<>());
        }
    }

    String name() {
        return name;
    }

    String unit() {
        return unit;
    }

    Optional<Goal> goal() {
        return goal;
    }

    void add(Side side, double value) {
        of(side).add(value);
    }

    void flowmail(double value) {
        add(Side.FLOWMAIL, value);
    }

    void bare(double value) {
        add(Side.BARE, value);
    }

    /** A value of each round. */
    List<Double> of(Side side) {
        return Objects.requireNonNull(values.get(side));
    }

    /** How far apart the rounds are: largest less smallest, as a part of the median; 0 of fewer than two. */
    double spread(Side side) {
        List<Double> rounds = of(side);
        double median = median(rounds);
        return rounds.size() < 2 || median == 0
                ? 0
                : (Collections.max(rounds) - Collections.min(rounds)) / Math.abs(median);
    }

    boolean isMeasured() {
        return !of(Side.FLOWMAIL).isEmpty();
    }

    /** The median over the rounds of what the goal compares, else of the ratio; nothing without a counterpart. */
    Optional<Double> compared() {
        List<Double> flowmail = of(Side.FLOWMAIL);
        List<Double> bare = of(Side.BARE);
        DoubleBinaryOperator compare = goal.map(Goal::compare).orElse(Goal::ratio);
        List<Double> compared = new ArrayList<>();
        for (int i = 0; i < flowmail.size(); i++) {
            double other = i < bare.size() ? bare.get(i) : Double.NaN;
            double value = compare.applyAsDouble(flowmail.get(i), other);
            if (!Double.isNaN(value)) {
                compared.add(value);
            }
        }
        // nothing against nothing is no ratio
        return Optional.of(compared)
                .filter(some -> !some.isEmpty())
                .map(Figure::median)
                .filter(Double::isFinite);
    }

    /** Whether the goal is met; nothing without a goal or before it was measured. */
    Optional<Boolean> isMet() {
        return goal.flatMap(what -> compared().map(what::isMet));
    }

    String row() {
        String verdict = isMet().map(met -> met ? "met" : "MISSED").orElse("");
        return String.format(
                        Locale.ROOT,
                        "%-50s %10s %7s %10s %10s %8s  %-26s %s",
                        name + (unit.isEmpty() ? "" : ", " + unit),
                        text(of(Side.FLOWMAIL)),
                        spread(),
                        text(of(Side.BASELINE)),
                        text(of(Side.BARE)),
                        compared().map(Figure::text).orElse(""),
                        goal.map(Goal::words).orElse(""),
                        verdict)
                .stripTrailing();
    }

    static String header() {
        return String.format(
                Locale.ROOT,
                "%-50s %10s %7s %10s %10s %8s  %s",
                "median of the rounds",
                "Flowmail",
                "spread",
                "baseline",
                "bare",
                "compared",
                "goal");
    }

    private String spread() {
        return of(Side.FLOWMAIL).size() < 2 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * spread(Side.FLOWMAIL));
    }

    private static String text(List<Double> values) {
        return values.isEmpty() ? "" : text(median(values));
    }

    private static String text(double value) {
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    static double median(Collection<Double> values) {
        return percentile(values.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }

    /** With linear interpolation; 0 of nothing. */
    static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = percent / 100 * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
