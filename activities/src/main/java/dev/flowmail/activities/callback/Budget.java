package dev.flowmail.activities.callback;

import io.temporal.activity.Activity;
import java.time.Duration;

/**
 * How long the activity may still take.
 *
 * @param end on the clock of {@link System#nanoTime()}
 */
record Budget(long end) {
    private static final Duration RESERVE = Duration.ofMillis(100);

    /** @param whole what it may take where nothing limits it */
    static Budget ofActivity(Duration whole) {
        Duration limit = Activity.getExecutionContext().getInfo().getStartToCloseTimeout();
        // zero: only the time with all attempts is limited
        Duration own = limit.isZero() ? whole : limit.minus(RESERVE);
        return new Budget(System.nanoTime() + own.toNanos());
    }

    Duration atMost(Duration most) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return left.compareTo(most) < 0 ? left : most;
    }
}
