package dev.flowmail.verification.drill;

import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Pause;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Has one fault after the other strike, and starts what could not start meanwhile. */
final class Strikes {
    private static final Duration STARTING = Duration.ofMinutes(5);
    /** Between two looks whether all is well. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration SETTLING = Duration.ofMinutes(10);

    private final Faults faults;
    private final List<FlowmailProcess> replicas;
    private final Drill.Options options;
    private final PrintStream out;
    private final Map<String, Integer> struck = new TreeMap<>();
    private int together;
    private int restarts;

    Strikes(Faults faults, List<FlowmailProcess> replicas, Drill.Options options, PrintStream out) {
        this.faults = faults;
        this.replicas = replicas;
        this.options = options;
        this.out = out;
    }

    /** For documents: a table in Markdown. */
    String table() {
        StringBuilder table = new StringBuilder("| fault | times |%n|---|---:|%n".formatted());
        struck.forEach((fault, times) -> table.append("| %s | %d |%n".formatted(fault, times)));
        table.append("| two at the same time, of all these | %d |%n".formatted(together));
        table.append("| a Flowmail could not start, and was started again | %d |%n".formatted(restarts));
        faults.notPlayed().forEach(fault -> table.append("Not played: %s%n".formatted(fault)));
        return table.toString();
    }

    /** Each once, then any, until the time is over. */
    void strike(Supplier<Count> count) {
        FaultOrder order = new FaultOrder(faults.all(), options.seed());
        Instant end = Instant.now().plus(options.length());
        while (order.isIncomplete() || Instant.now().isBefore(end)) {
            List<Fault> now = order.next();
            now.forEach(fault -> struck.merge(fault.name(), 1, Integer::sum));
            together += now.size() - 1;
            awaitOneReady();
            Pause.of(Duration.ofSeconds(1 + order.chance(4)));
            String names = now.stream().map(Fault::name).collect(Collectors.joining(", and "));
            out.println("  " + count.get().progress() + "; now " + names);
            for (Fault fault : now) {
                fault.strike().run();
                Pause.of(Duration.ofMillis(
                        1_000 + order.chance((int) options.hold().toMillis())));
            }
            now.forEach(fault -> fault.end().run());
            restart();
        }
    }

    /** On a slow machine faults would otherwise come faster than any Flowmail can start, and strike nothing. */
    private void awaitOneReady() {
        Instant end = Instant.now().plus(STARTING);
        while (replicas.stream().noneMatch(FlowmailProcess::isReady)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("No Flowmail got ready within " + STARTING.toMinutes() + " minutes");
            }
            Pause.of(Duration.ofSeconds(1));
            restart();
        }
    }

    /** As whatever runs programs in production does with one that could not start. */
    private void restart() {
        for (FlowmailProcess replica : replicas) {
            if (!replica.isAlive()) {
                restarts++;
                replica.launch();
            }
        }
    }

    /** Waits until all has come that must, and then for what must not. */
    void settle(Requests requests, Supplier<Count> count) {
        out.println("Everything is fixed; waiting for what is still on its way ...");
        Instant end = Instant.now().plus(SETTLING);
        while (!(requests.areAccepted() && count.get().isSettled())
                && Instant.now().isBefore(end)) {
            restart();
            Pause.of(Duration.ofSeconds(5));
            out.println("  " + count.get().progress());
        }
        lookForSecondMails();
    }

    /** Time in which a Flowmail was not ready does not count: it could have sent nothing. */
    private void lookForSecondMails() {
        Duration left = options.quiet();
        Instant end = Instant.now().plus(SETTLING).plus(left);
        while (!left.isNegative() && !left.isZero() && Instant.now().isBefore(end)) {
            restart();
            boolean ready = replicas.stream().allMatch(FlowmailProcess::isReady);
            Duration step = left.compareTo(LOOK) < 0 ? left : LOOK;
            Pause.of(step);
            left = ready ? left.minus(step) : left;
        }
        out.println("Looked for second mails for " + options.quiet().toSeconds() + " s.");
    }
}
