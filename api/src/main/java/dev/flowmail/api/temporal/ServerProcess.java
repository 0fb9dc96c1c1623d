package dev.flowmail.api.temporal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server process that outlives a kill -9 of this one: who it is stands in a file, so that the next start finds it by
 * process id and start time.
 */
final class ServerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /** Start times are read from the kernel's clock ticks, and its idea of the boot time moves with the wall clock. */
    private static final Duration START_TIME_TOLERANCE = Duration.ofSeconds(2);

    private static final Duration TIME_TO_END = Duration.ofSeconds(20);
    private static final Duration TIME_TO_DIE = Duration.ofSeconds(5);

    /** Programs that start another one in a session of its own, out of reach of the terminal's Ctrl-C. */
    private static final List<List<String>> SESSION_STARTERS = List.of(
            List.of("setsid"),
            List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127;"),
            List.of("python3", "-c", "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])"));

    /** Nobody else reads what the command writes: its database has a mode of its own. */
    private static final List<String> PRIVATELY = List.of("/bin/sh", "-c", "umask 077; exec \"$0\" \"$@\"");

    private ServerProcess() {}

    /**
     * Starts a command in a session of its own, its files closed to others, its output in a log file; the log of the run before is kept beside it.
     *
     * @param record where the process's id and start time are written
     */
    static Process start(List<String> command, Path log, Path record) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> whole = new ArrayList<>(PRIVATELY);
        whole.addAll(inOwnSession(command));
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
        // our secrets are not its business, and the CLI would read TEMPORAL_* as its own settings
        builder.environment().keySet().removeIf(name -> name.startsWith("FLOWMAIL_") || name.startsWith("TEMPORAL_"));
        // without them it does not start where the system has no name for this user, as a container may not
        builder.environment().putIfAbsent("USER", "flowmail");
        builder.environment().putIfAbsent("HOME", "/nonexistent");
        Process process = builder.start();
        Files.writeString(
                record, process.pid() + " " + startOf(process.toHandle()).toEpochMilli());
        process.getOutputStream().close();
        return process;
    }

    private static List<String> inOwnSession(List<String> command) {
        for (List<String> starter : SESSION_STARTERS) {
            Optional<Path> program = TemporalCli.onPath(starter.get(0));
            if (program.isPresent()) {
                List<String> whole = new ArrayList<>(starter);
                whole.set(0, program.get().toString());
                whole.addAll(command);
                return whole;
            }
        }
        LOG.warn(
                "Neither setsid, perl nor python3 is on the PATH: Ctrl-C ends Temporal before mails in flight are done");
        return command;
    }

    /** Ends the process that a record names, if that very process still runs. */
    static void endRecorded(Path record) throws IOException {
        if (Files.notExists(record)) {
            return;
        }
        Optional<ProcessHandle> orphan = recorded(Files.readString(record));
        if (orphan.isPresent()) {
            LOG.info(
                    "Ending the Temporal server that an earlier Flowmail left behind, process {}",
                    orphan.get().pid());
            end(orphan.get());
        }
        Files.deleteIfExists(record);
    }

    /** Whether the process that a record names still runs. */
    static boolean isRunning(Path record) throws IOException {
        return Files.exists(record) && recorded(Files.readString(record)).isPresent();
    }

    private static Optional<ProcessHandle> recorded(String record) {
        String[] parts = record.strip().split(" ", -1);
        if (parts.length != 2 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process ->
                        Duration.between(start, startOf(process)).abs().compareTo(START_TIME_TOLERANCE) <= 0);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Asks a process to end, and kills it when it does not. Returns when it is gone, or cannot be ended. */
    static void end(ProcessHandle process) {
        process.destroy();
        if (!isGone(process, TIME_TO_END)) {
            LOG.warn("Temporal's server did not end within {} s: killing it", TIME_TO_END.toSeconds());
            process.destroyForcibly();
            isGone(process, TIME_TO_DIE);
        }
    }

    private static boolean isGone(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Waiting for process " + process.pid() + " failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
