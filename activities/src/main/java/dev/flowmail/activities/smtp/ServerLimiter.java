package dev.flowmail.activities.smtp;

import dev.flowmail.activities.fairness.FairQueue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What limits one mail server: how many mails it gets at once ({@link FairQueue} says whose), and how often
 * ({@link SendingRate}). Who cannot be admitted goes back to Temporal, which is the queue, so that a slow or dead server holds
 * few of the worker's hands. Safe for several threads.
 */
final class ServerLimiter {
    /**
     * Going back to Temporal and coming again costs it more than a moment's wait; and a full Temporal loses, for a minute, some
     * of the tasks that it hands out again.
     */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    static final int WAITING_FOR_EACH_CONNECTION = 10;

    private final int connections;
    private final @Nullable SendingRate rate;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairQueue<Attempt> queue = new FairQueue<>();
    private boolean failing;

    ServerLimiter(SmtpLimits limits) {
        connections = limits.connections();
        rate = limits.rate() == null ? null : new SendingRate(limits.rate());
    }

    /**
     * Admits a mail. An attempt without a successor waits as long as it may; others for a moment at most, and not at all while
     * the server fails: one of them at a time finds out whether it is back.
     *
     * @return null when the mail is admitted, else when it should come again
     */
    @Nullable
    Duration enter(Attempt attempt) throws InterruptedException {
        long end = System.nanoTime() + patience(attempt).toNanos();
        if (!await(attempt, end)) {
            return Pauses.after(attempt, failing);
        }
        if (rate != null && !rate.takeTurn(end)) {
            leave(attempt);
            return rate.comeBack(attempt.tenant());
        }
        return null;
    }

    /** Whether there are so many others that a mail need not be composed yet; when it should come again, else null. */
    @Nullable
    Duration turnAway(Attempt attempt) {
        lock.lock();
        try {
            return mustWait(attempt) && !mayWait(attempt) ? Pauses.after(attempt, failing) : null;
        } finally {
            lock.unlock();
        }
    }

    /** A mail is done, well or not. */
    void leave(Attempt attempt) {
        change(() -> queue.leaves(attempt));
    }

    /** Notes whether the server answers: while it is failing, one attempt at a time probes it. */
    void isFailing(boolean failing) {
        change(() -> this.failing = failing);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return queue.waiting() + awaitingTurns();
        } finally {
            lock.unlock();
        }
    }

    private int awaitingTurns() {
        return rate == null ? 0 : rate.awaiting();
    }

    private static Duration patience(Attempt attempt) {
        return attempt.isLast() ? Duration.ofMillis(attempt.millis(Duration.ofDays(1))) : SHORT_WAIT;
    }

    private boolean await(Attempt attempt, long end) throws InterruptedException {
        lock.lock();
        try {
            if (mustWait(attempt) && !mayWait(attempt)) {
                return false;
            }
            queue.waits(attempt);
            try {
                while (queue.next(this::hasConnectionFor) != attempt) {
                    long nanos = end - System.nanoTime();
                    if (nanos <= 0 || attempt.isCancelled()) {
                        return false;
                    }
                    // looked at now and then, since being cancelled wakes nobody
                    long ignored = changed.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
                }
                queue.enters(attempt);
                return true;
            } finally {
                queue.waitsNoMore(attempt);
                // there may be room for another
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mustWait(Attempt attempt) {
        return !hasConnectionFor(attempt) || queue.waiting() > 0;
    }

    private boolean hasConnectionFor(Attempt attempt) {
        return queue.admitted() < (failing && !attempt.isLast() ? 1 : connections);
    }

    private boolean mayWait(Attempt attempt) {
        return attempt.isLast()
                || (!failing && queue.hasPlaceFor(attempt, connections * WAITING_FOR_EACH_CONNECTION, awaitingTurns()));
    }
}
