package dev.flowmail.api.temporal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether Temporal has answered calls of one kind lately. A machine that has more to do than it can do is slow, and gets through: that
 * is to be told from a server that is out of reach. Safe for several threads.
 */
final class Pulse {

    private final AtomicLong last = new AtomicLong(System.nanoTime() - TemporalCalls.HAND_OVER.toNanos());

    /** Temporal has answered. */
    void beat() {
        last.set(System.nanoTime());
    }

    /** Whether it has done so while a call that is overdue now was under way. */
    boolean isBeating() {
        return System.nanoTime() - last.get() < TemporalCalls.HAND_OVER.toNanos();
    }
}
