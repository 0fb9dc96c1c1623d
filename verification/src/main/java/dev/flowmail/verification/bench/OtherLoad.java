package dev.flowmail.verification.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How much of the machine other programs than the bench and what it started used: 1 is all of it. */
final class OtherLoad {
    private static final Path STATISTICS = Path.of("/proc/stat");

    /** What the kernel counts in, on every platform that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private final long[] machine = machine();
    private final double own = ownSeconds();

    /** Since this was made; nothing on systems that do not say. */
    OptionalDouble share() {
        long[] now = machine();
        if (now.length == 0) {
            return OptionalDouble.empty();
        }
        double all = now[0] - machine[0];
        double idle = now[1] - machine[1];
        int cores = Runtime.getRuntime().availableProcessors();
        double seconds = all / cores / TICKS_PER_SECOND;
        double used = (all - idle) / all;
        double ours = (ownSeconds() - own) / seconds / cores;
        return OptionalDouble.of(Math.max(0, used - ours));
    }

    /** All ticks and idle ones, see proc_stat(5). */
    private static long[] machine() {
        if (!Files.isReadable(STATISTICS)) {
            return new long[0];
        }
        try {
            long[] ticks = Arrays.stream(Files.readAllLines(STATISTICS).get(0).split(" +", -1))
                    .skip(1)
                    .limit(8)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new long[] {Arrays.stream(ticks).sum(), ticks[3] + ticks[4]};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double ownSeconds() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToDouble(Duration::toMillis)
                        .sum()
                / 1_000;
    }
}
