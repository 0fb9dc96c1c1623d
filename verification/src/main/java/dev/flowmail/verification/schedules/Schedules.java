package dev.flowmail.verification.schedules;

import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plays schedules, many at once, on one Flowmail and one Temporal. */
public final class Schedules {
    private static final int TOGETHER = 12;

    /** So many share their kills. */
    private static final int KILLED_TOGETHER = 20;

    /** Played before, and not judged: what a cold program does late says nothing. */
    private static final int WARM_UP = 24;

    private static final int PROGRESS = 25;

    private final PrintStream out;
    private final Optional<Path> program;
    private final Map<String, Integer> ends = new TreeMap<>();
    private int played;
    private int failed;

    /** @param program another Flowmail than the one that was built: the jar of an unpacked one */
    public Schedules(Optional<Path> program, PrintStream out) {
        this.program = program;
        this.out = out;
    }

    /** Plays the first so many of a seed. Returns whether all went as they may. */
    public boolean playFirst(int count, long seed, Path directory) {
        return play(
                IntStream.range(0, count)
                        .mapToObj(number -> Schedule.of(seed, number))
                        .toList(),
                directory);
    }

    /** Plays one of a seed again. Returns whether it went as it may. */
    public boolean playOne(int number, long seed, Path directory) {
        return play(List.of(Schedule.of(seed, number)), directory);
    }

    private boolean play(List<Schedule> schedules, Path directory) {
        Path home = home(directory);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "schedules");
            thread.setDaemon(true);
            return thread;
        });
        try (TemporalProcess temporal = new TemporalProcess("temporal", home.resolve("temporal.db")).start();
                FlowmailProcess flowmail = flowmail(home, temporal);
                Operators operators = new Operators(temporal.address(), flowmail.address("/codec"))) {
            // within, so that one that does not get ready is stopped
            flowmail.start();
            Killer killer = new Killer(flowmail);
            List<Schedule> calm = schedules.stream()
                    .filter(schedule -> !schedule.killsFlowmail())
                    .toList();
            List<Schedule> killing =
                    schedules.stream().filter(Schedule::killsFlowmail).toList();
            out.println(schedules.size() + " schedules, " + killing.size() + " of them with a kill; logs in " + home);
            Stage stage = new Stage(flowmail, operators, killer, threads);
            stage.play(warmUp(schedules.get(0).seed()), TOGETHER, result -> {});
            stage.play(calm, TOGETHER, this::report);
            for (int first = 0; first < killing.size(); first += KILLED_TOGETHER) {
                List<Schedule> together = killing.subList(first, Math.min(first + KILLED_TOGETHER, killing.size()));
                killer.begin();
                stage.play(together, KILLED_TOGETHER, this::report);
            }
        } finally {
            threads.shutdownNow();
        }
        out.println(played + " schedules played: "
                + ends.entrySet().stream()
                        .map(end -> end.getValue() + " " + end.getKey())
                        .collect(Collectors.joining(", "))
                + "; " + failed + " failed");
        return failed == 0;
    }

    private static List<Schedule> warmUp(long seed) {
        return IntStream.rangeClosed(1, 2 * WARM_UP)
                .mapToObj(number -> Schedule.of(seed, -number))
                .filter(schedule -> !schedule.killsFlowmail())
                .limit(WARM_UP)
                .toList();
    }

    private void report(Play.Result result) {
        played++;
        ends.merge(result.end().isEmpty() ? "without an end" : result.end(), 1, Integer::sum);
        if (!result.faults().isEmpty()) {
            failed++;
            out.println();
            out.println(result.schedule());
            out.println(result.journal());
            result.faults().forEach(fault -> out.println("  WRONG: " + fault));
            out.println(
                    "  again: ./flowmail drill --schedule=" + result.schedule().number() + " --seed="
                            + result.schedule().seed());
        }
        if (played % PROGRESS == 0) {
            out.println("  " + played + " played, " + failed + " failed");
        }
    }

    private FlowmailProcess flowmail(Path home, TemporalProcess temporal) {
        Map<String, String> settings = new HashMap<>(program.map(Keys::freshFor).orElseGet(Keys::fresh));
        settings.put("TEMPORAL_ADDRESS", temporal.address());
        Path data = home.resolve("data");
        return program.map(jar -> new FlowmailProcess("flowmail", data, home, settings, jar))
                .orElseGet(() -> new FlowmailProcess("flowmail", data, home, settings));
    }

    private static Path home(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.createTempDirectory(directory, "schedules-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
