package dev.flowmail.verification.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** The time by which the bench's processes, all on one machine, agree. */
public final class Clock {

    private Clock() {}

    /** Microseconds since 1970. */
    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static void pause(Duration time) {
        sleep(time.toNanos());
    }

    /** @param nanoTime as {@link System#nanoTime()} tells it */
    static void sleepUntil(long nanoTime) {
        sleep(nanoTime - System.nanoTime());
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
