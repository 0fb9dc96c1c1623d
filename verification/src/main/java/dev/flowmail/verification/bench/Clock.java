package dev.flowmail.verification.bench;

import dev.flowmail.verification.programs.Pause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time by which the bench's processes, all on one machine, agree. */
public final class Clock {

    private Clock() {}

    /** Microseconds since 1970. */
    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** @param nanoTime as {@link System#nanoTime()} tells it */
    static void sleepUntil(long nanoTime) {
        Pause.nanos(nanoTime - System.nanoTime());
    }
}
