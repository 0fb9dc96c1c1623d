package dev.flowmail.verification.bench;

import java.util.List;
import java.util.Locale;

/**
 * What does not grow with the requests that wait.
 *
 * @param requests how many wait
 * @param clickMillis from the click to the callback of a request just made, one caller, p50
 * @param startSeconds of another Flowmail beside the first, until it is ready
 * @param doctorSeconds of {@code flowmail doctor}, start of the program included
 * @param listMillis of the operators' list: the first 20 that wait, by Temporal's CLI
 */
record Waiting(
        int requests, Memory memory, double clickMillis, double startSeconds, double doctorSeconds, double listMillis) {

    static String table(List<Waiting> steps) {
        StringBuilder table = new StringBuilder("""

            | waiting | resident, MB | heap, MB | click to callback p50, ms | start, s | doctor, s | operators' list, ms |
            |---:|---:|---:|---:|---:|---:|---:|
            """);
        steps.forEach(step -> table.append(step.row()).append('\n'));
        return table.toString();
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %,d | %.0f | %.1f | %.1f | %.1f | %.1f | %.0f |",
                requests,
                memory.resident(),
                memory.heap(),
                clickMillis,
                startSeconds,
                doctorSeconds,
                listMillis);
    }
}
