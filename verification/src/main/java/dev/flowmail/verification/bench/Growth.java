package dev.flowmail.verification.bench;

import java.util.List;
import java.util.Locale;

/**
 * Decisions of one recipient, answered as soon as the mail is there, with more callers and more replicas.
 *
 * @param callers how many requests are on their way at once
 * @param cpuMillis of all replicas, for each decision
 * @param serverCpuMillis of Temporal and its database, for each decision; 0 where they run elsewhere
 * @param clickMillis from the click to the callback, p50
 */
record Growth(
        int replicas, int callers, double perSecond, double cpuMillis, double serverCpuMillis, double clickMillis) {

    static String table(List<Growth> steps) {
        StringBuilder table = new StringBuilder("""

            | replicas | callers | decisions/s | CPU of a decision, all replicas, ms | Temporal's, ms | click to callback p50, ms |
            |---:|---:|---:|---:|---:|---:|
            """);
        steps.forEach(step -> table.append(step.row()).append('\n'));
        return table.toString();
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.1f | %.1f | %.1f | %.0f |",
                replicas,
                callers,
                perSecond,
                cpuMillis,
                serverCpuMillis,
                clickMillis);
    }
}
