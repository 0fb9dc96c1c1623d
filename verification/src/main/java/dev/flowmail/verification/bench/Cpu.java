package dev.flowmail.verification.bench;

import java.time.Duration;
import java.util.List;

/**
 * Milliseconds of processor time.
 *
 * @param own of the contender's own processes
 * @param server of its Temporal; 0 when that runs elsewhere
 */
record Cpu(double own, double server) {

    /** What a contender has used until now. */
    static Cpu of(Contender who) {
        return new Cpu(millis(who.processes()), millis(who.temporal()));
    }

    Cpu since(Cpu earlier) {
        return new Cpu(own - earlier.own, server - earlier.server);
    }

    /** For each of so many decisions or mails. */
    Cpu each(int count) {
        return new Cpu(own / Math.max(1, count), server / Math.max(1, count));
    }

    private static double millis(List<ProcessHandle> processes) {
        return processes.stream()
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum()
                / 1e6;
    }
}
