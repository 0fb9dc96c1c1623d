package dev.flowmail.activities.smtp;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way to one mail server: how many mails are on it at once, and how soon one follows the other. Who cannot get on goes
 * back to Temporal, which is the queue, so that a slow or dead server holds few of the worker's hands. Next is the tenant that
 * has the fewest mails on it, and of a tenant's mails the one that matters most: a thousand mails of one delay no other's by
 * more than a few. Safe for several threads.
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
    private final Map<String, Integer> used = new HashMap<>();
    private final List<Attempt> waiting = new ArrayList<>();

    /** When each tenant that has mails here got its last one on, by count. */
    private final Map<String, Long> lastEntries = new HashMap<>();

    private long entries;
    private final Map<String, Long> returns = new HashMap<>();
    private int awaitingTurns;
    private boolean failing;

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
            leave(attempt);
            return comeBack(turns, attempt.tenant());
        }
        return null;
    }

    /** Whether there is so much company that a mail need not be composed yet; when it should come again, else null. */
    @Nullable
    Duration turnAway(Attempt attempt) {
        lock.lock();
        try {
            return mustWait(attempt) && !mayWait(attempt) ? pause(attempt) : null;
        } finally {
            lock.unlock();
        }
    }

    /** A mail is done, well or not. */
    void leave(Attempt attempt) {
        lock.lock();
        try {
            used.computeIfPresent(attempt.tenant(), (tenant, mails) -> mails == 1 ? null : mails - 1);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes whether the server answers: while it is failing, one attempt at a time probes it. */
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
            return waiting.size() + awaitingTurns;
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
            if (mustWait(attempt) && !mayWait(attempt)) {
                return false;
            }
            waiting.add(attempt);
            try {
                while (next() != attempt) {
                    long nanos = end - System.nanoTime();
                    if (nanos <= 0 || attempt.isCalledOff()) {
                        return false;
                    }
                    // looked at now and then, since being cancelled wakes nobody
                    long ignored = left.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
                }
                enters(attempt.tenant());
                return true;
            } finally {
                waiting.remove(attempt);
                // there may be room for another
                left.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enters(String tenant) {
        used.merge(tenant, 1, Integer::sum);
        lastEntries
                .keySet()
                .removeIf(one -> !used.containsKey(one)
                        && waiting.stream()
                                .noneMatch(attempt -> attempt.tenant().equals(one)));
        lastEntries.put(tenant, ++entries);
    }

    private boolean mustWait(Attempt attempt) {
        return isFull(attempt) || !waiting.isEmpty();
    }

    private boolean isFull(Attempt attempt) {
        int all = used.values().stream().mapToInt(Integer::intValue).sum();
        return all >= (failing && !attempt.isLast() ? 1 : width);
    }

    /** Who is to get on now; null when nobody can. Tenants take turns; of one tenant's equals the first to come. */
    private @Nullable Attempt next() {
        return waiting.stream()
                .filter(attempt -> !isFull(attempt))
                .min(Comparator.<Attempt>comparingInt(attempt -> used.getOrDefault(attempt.tenant(), 0))
                        .thenComparingLong(attempt -> lastEntries.getOrDefault(attempt.tenant(), 0L))
                        .thenComparingInt(Attempt::rank))
                .orElse(null);
    }

    /** The room is shared by those who wait in it; whoever has less than a share of it finds some. */
    private boolean mayWait(Attempt attempt) {
        if (attempt.isLast()) {
            return true;
        }
        int room = width * WAITING_FOR_EACH_CONNECTION;
        long others = waiting.stream()
                .filter(other -> !isLike(other, attempt))
                .map(Lane::kind)
                .distinct()
                .count();
        long alike = waiting.stream().filter(other -> isLike(other, attempt)).count();
        return !failing && (waiting.size() + awaitingTurns < room || alike < Math.max(1, room / (1 + others)));
    }

    private static boolean isLike(Attempt one, Attempt other) {
        return kind(one).equals(kind(other));
    }

    private static Map.Entry<String, Integer> kind(Attempt attempt) {
        return Map.entry(attempt.tenant(), attempt.rank());
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
            awaitingTurns += more;
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

    /** A tenant's mails that found no turn come back one after the other, as far apart as they may be sent. */
    private Duration comeBack(Bucket turns, String tenant) {
        long next = turns.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        lock.lock();
        try {
            long now = System.nanoTime();
            long earliest = now + next;
            returns.values().removeIf(past -> past - now < 0);
            long after = returns.getOrDefault(tenant, now) + (spacing == null ? 0 : spacing.toNanos());
            long coming = after - earliest > 0 ? after : earliest;
            if (coming - now > LONGEST_PAUSE.toNanos()) {
                // beyond that they meet again, and are sorted anew
                returns.put(tenant, now + LONGEST_PAUSE.toNanos());
                return about(LONGEST_PAUSE);
            }
            returns.put(tenant, coming);
            return Duration.ofNanos(coming - now);
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
