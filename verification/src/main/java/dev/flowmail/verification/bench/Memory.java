package dev.flowmail.verification.bench;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.Jdk;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A JVM's memory in MB.
 *
 * @param resident what the system counts
 * @param heap what objects use after a full collection
 */
record Memory(double resident, double heap) {

    /** Collects the process's garbage, then looks. */
    static Memory of(ProcessHandle process) {
        String pid = Long.toString(process.pid());
        // what the system counts is looked at first: that is what stands in an operator's table
        double resident = Double.parseDouble(
                        new Command("ps", "-o", "rss=", "-p", pid).output().strip())
                / 1024;
        new Command(Jdk.program("jcmd"), pid, "GC.run").output();
        return new Memory(resident, heap(new Command(Jdk.program("jstat"), "-gc", pid).output()));
    }

    /** The columns S0U, S1U, EU and OU of jstat, in KB. */
    static double heap(String jstat) {
        List<String> rows = jstat.strip().lines().toList();
        String[] names = rows.get(0).strip().split("\\s+", -1);
        String[] values = rows.get(1).strip().split("\\s+", -1);
        return IntStream.range(0, names.length)
                        .filter(i -> List.of("S0U", "S1U", "EU", "OU").contains(names[i]))
                        .filter(i -> !values[i].equals("-"))
                        .mapToDouble(i -> Double.parseDouble(values[i]))
                        .sum()
                / 1024;
    }
}
