package dev.flowmail.api.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How fast a body must come: 20 s, and one more for each 64 KiB that have come (0.5 Mbit/s). */
final class Pace {

    private static final Duration START = Duration.ofSeconds(20);
    private static final int BYTES_PER_SECOND = 64 * 1024;

    private final InstantSource clock;
    private final Instant start;

    Pace(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /** @param arrived bytes so far */
    boolean isTooSlow(long arrived) {
        return clock.instant().isAfter(start.plus(longest(arrived)));
    }

    /** What a body of this many bytes may take in all. */
    static Duration longest(long bytes) {
        return START.plusSeconds(bytes / BYTES_PER_SECOND);
    }
}
