package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Has Temporal asked by few at the same time, and knows whether it is busy. Safe for several threads. */
final class LookTurns {

    /** Each is answered sooner than if all were asked at once, and clicks, which do not wait here, find Temporal less busy. */
    static final int AT_ONCE = 8;

    /** Whoever has waited long is served all the same: what holds the others up may hold up only them. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    /** A question takes some hundredths of a second, and is given up after three seconds. */
    private static final Duration SLOW = Duration.ofMillis(500);

    private static final Duration RECENTLY = Duration.ofSeconds(5);

    private final Ticker ticker;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** When Temporal last took its time for a question or an answer. */
    private volatile long lastSlow;

    LookTurns(Ticker ticker) {
        this.ticker = ticker;
        this.lastSlow = ticker.read() - RECENTLY.toNanos();
    }

    /** Whether all turns are taken, or Temporal has taken its time lately. */
    boolean isBusy() {
        return turns.availablePermits() == 0 || ticker.read() - lastSlow < RECENTLY.toNanos();
    }

    /** Asks as soon as few others do. */
    Standing inTurn(Supplier<Standing> question) {
        boolean isMyTurn = isTurn();
        try {
            return question.get();
        } finally {
            if (isMyTurn) {
                turns.release();
            }
        }
    }

    private boolean isTurn() {
        try {
            return turns.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Notes that a question or an answer which was begun then is done with: how long it took tells whether Temporal is busy. */
    void took(long begun) {
        long now = ticker.read();
        if (now - begun > SLOW.toNanos()) {
            lastSlow = now;
        }
    }
}
