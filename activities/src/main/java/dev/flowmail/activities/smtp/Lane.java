package dev.flowmail.activities.smtp;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way to one mail server: how many mails are on it at once, and how soon one follows the other. Who cannot get on goes
 * back to Temporal, which is the queue, so that a slow or dead server holds few of the worker's hands. Safe for several
 * threads.
 */
final class Lane {
    /** Going back to Temporal and coming again costs it more than a moment's wait. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(2);

    private static final int WAITING_FOR_EACH_CONNECTION = 4;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    /** Between two tries to get onto a busy lane: it moves. */
    private static final Duration LONGEST_PAUSE_WHEN_BUSY = Duration.ofMinutes(1);

    /** The same, while nobody knows when the server will be back; and as long as mails are apart at most in any case. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final int width;
    private final @Nullable Duration spacing;
    private final @Nullable Bucket turns;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int used;
    private int waiting;
    private boolean failing;
    private long lastReturn = System.nanoTime();

    Lane(SmtpLimits limits) {
        width = limits.connections();
        SmtpLimits.Rate rate = limits.rate();
        spacing = rate == null ? null : rate.spacing();
        // a capacity of one: servers that count by the minute take no burst at its beginning
        turns = rate == null
                ? null
                : Bucket.builder()
                        .addLimit(limit -> limit.capacity(1).refillGreedy(rate.mails(), rate.period()))
                        .build();
    }

    /**
     * Gets a mail onto the lane. An attempt without a successor waits as long as it may; others for a moment at most, and
     * not at all while the server fails: one of them at a time finds out whether it is back.
     *
     * @return null when the mail is on the lane, else when it should come again
     */
    @Nullable
    Duration enter(Attempt attempt) throws InterruptedException {
        long end = System.nanoTime() + patience(attempt).toNanos();
        if (!await(attempt, end)) {
            return pause(attempt);
        }
        if (turns != null && !takeTurn(turns, end)) {
            leave();
            return comeBack(turns);
        }
        return null;
    }

    /** A mail is done, well or not. */
    void leave() {
        lock.lock();
        try {
            used--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes whether the server answers: with one that does not, mails keep short company. */
    void isFailing(boolean failing) {
        lock.lock();
        try {
            this.failing = failing;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private static Duration patience(Attempt attempt) {
        return attempt.isLast() ? Duration.ofMillis(attempt.millis(Duration.ofDays(1))) : SHORT_WAIT;
    }

    private boolean await(Attempt attempt, long end) throws InterruptedException {
        lock.lock();
        try {
            if (isFull(attempt) && !mayWait(attempt)) {
                return false;
            }
            waiting++;
            try {
                while (isFull(attempt)) {
                    long nanos = end - System.nanoTime();
                    if (nanos <= 0 || attempt.isCalledOff()) {
                        return false;
                    }
                    // looked at now and then, since being called off wakes nobody
                    long ignored = left.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
                }
            } finally {
                waiting--;
            }
            used++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(Attempt attempt) {
        return used >= (failing && !attempt.isLast() ? 1 : width);
    }

    private boolean mayWait(Attempt attempt) {
        return attempt.isLast() || (!failing && waiting < width * WAITING_FOR_EACH_CONNECTION);
    }

    private boolean takeTurn(Bucket turns, long end) throws InterruptedException {
        count(1);
        try {
            return turns.asBlocking().tryConsume(1, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        } finally {
            count(-1);
        }
    }

    private void count(int more) {
        lock.lock();
        try {
            waiting += more;
        } finally {
            lock.unlock();
        }
    }

    /** Longer with each attempt, like Temporal's own pauses, but not the same for mails that came together. */
    private Duration pause(Attempt attempt) {
        Duration longest = failing ? LONGEST_PAUSE : LONGEST_PAUSE_WHEN_BUSY;
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt.number() - 1, 10));
        return about(doubled.compareTo(longest) < 0 ? doubled : longest);
    }

    /** Mails that found no turn come back one after the other, as far apart as they may be sent. */
    private Duration comeBack(Bucket turns) {
        long next = turns.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        lock.lock();
        try {
            long now = System.nanoTime();
            long earliest = now + next;
            long after = lastReturn + (spacing == null ? 0 : spacing.toNanos());
            lastReturn = after - earliest > 0 ? after : earliest;
            if (lastReturn - now > LONGEST_PAUSE.toNanos()) {
                // beyond that they meet again, and are sorted anew
                lastReturn = now + LONGEST_PAUSE.toNanos();
                return about(LONGEST_PAUSE);
            }
            return Duration.ofNanos(lastReturn - now);
        } finally {
            lock.unlock();
        }
    }

    /** Between a half of it and the whole. */
    private static Duration about(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }
}
