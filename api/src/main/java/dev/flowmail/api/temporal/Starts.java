package dev.flowmail.api.temporal;

import dev.flowmail.api.problems.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets few new requests into Temporal at the same time, in the order in which they came: each is through sooner than if all went
 * at once, and what Temporal and the worker have left is for clicks, which do not wait here. While Temporal is out of reach all
 * are told so in time.
 */
final class Starts {

    /** At 50 ms for each, 320 a second. */
    static final int AT_ONCE = 16;

    /** While Temporal takes what it is handed. Flow waits longer for an answer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    /** Until whoever waits for a Temporal that is out of reach is told so (interface: within 5 s). */
    private static final Duration LONGEST_IN_VAIN = Duration.ofMillis(4_500);

    private static final Duration LAST_TRY = Duration.ofMillis(500);

    private final Pulse pulse = new Pulse();
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> line = new ArrayDeque<>();
    private int inside;
    private boolean isOutOfReach;

    /** @throws ProblemException 503 when no turn came in time, or Temporal cannot be reached */
    <T> T inTurn(Supplier<T> start) {
        Duration limit = enter();
        boolean failed = true;
        try {
            T started = TemporalCalls.within(limit, TemporalCalls.LONGEST, pulse::isBeating, start);
            failed = false;
            return started;
        } catch (ProblemException unreachable) {
            throw unreachable;
        } catch (RuntimeException answered) {
            failed = false;
            throw answered;
        } finally {
            leave(failed);
        }
    }

    /** Returns how long the start may take. */
    private Duration enter() {
        long begun = System.nanoTime();
        Object ticket = new Object();
        lock.lock();
        try {
            line.addLast(ticket);
            while (inside >= AT_ONCE || line.peekFirst() != ticket) {
                long left = (isOutOfReach ? LONGEST_IN_VAIN : LONGEST_WAIT).toNanos() - (System.nanoTime() - begun);
                if (left <= 0) {
                    throw tooMany();
                }
                long ignored = changed.awaitNanos(left);
            }
            inside++;
            return isOutOfReach ? shorter(System.nanoTime() - begun) : TemporalCalls.HAND_OVER;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw tooMany();
        } finally {
            line.remove(ticket);
            // the next one may follow
            changed.signalAll();
            lock.unlock();
        }
    }

    private static Duration shorter(long waitedNanos) {
        long left = LONGEST_IN_VAIN.toNanos() - waitedNanos;
        return Duration.ofNanos(Math.max(LAST_TRY.toNanos(), Math.min(left, TemporalCalls.HAND_OVER.toNanos())));
    }

    private void leave(boolean failed) {
        lock.lock();
        try {
            inside--;
            if (!failed) {
                pulse.beat();
            }
            isOutOfReach = failed && !pulse.isBeating();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static ProblemException tooMany() {
        return ProblemException.unavailable(
                "Flowmail has more new requests than Temporal takes up; nothing was accepted. Try again later", PAUSE);
    }
}
