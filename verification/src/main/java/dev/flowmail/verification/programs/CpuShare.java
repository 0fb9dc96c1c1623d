package dev.flowmail.verification.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves processes a part of one core each, so that on a small machine many of them show how a system grows rather than where
 * the machine ends. By Linux's control groups (version 1 or 2), which take root.
 */
public final class CpuShare implements AutoCloseable {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    /** Short, so that a process that has used its part waits for a moment only. */
    private static final int PERIOD_MICROS = 20_000;

    private final int quotaMicros;
    private final List<Path> groups = new ArrayList<>();

    /** @param percent of one core, at least 5 */
    public CpuShare(int percent) {
        quotaMicros = PERIOD_MICROS * percent / 100;
    }

    /** From now on it has no more than its part. */
    public void limit(ProcessHandle process) {
        boolean isVersion2 = Files.exists(GROUPS.resolve("cgroup.controllers"));
        Path parent = isVersion2 ? GROUPS : GROUPS.resolve("cpu");
        try {
            Path group = Files.createDirectory(parent.resolve("flowmail-" + process.pid()));
            groups.add(group);
            if (isVersion2) {
                Files.writeString(group.resolve("cpu.max"), quotaMicros + " " + PERIOD_MICROS);
            } else {
                Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quotaMicros));
            }
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
        } catch (IOException e) {
            throw new IllegalStateException("A part of a core takes root and Linux's control groups: " + e, e);
        }
    }

    /** Whoever still runs has all of a core again. */
    @Override
    public void close() {
        try {
            for (Path group : groups) {
                for (String process : Files.readAllLines(group.resolve("cgroup.procs"))) {
                    Files.writeString(group.resolveSibling("cgroup.procs"), process);
                }
                Files.delete(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
