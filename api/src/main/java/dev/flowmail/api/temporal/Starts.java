package dev.flowmail.api.temporal;

import dev.flowmail.activities.fairness.Claim;
import dev.flowmail.activities.fairness.FairQueue;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.common.Priority;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets few new requests into Temporal at the same time: each is through sooner than if all went at once, and what Temporal and
 * the worker have left is for clicks, which do not wait here. Tenants take turns, and of a tenant's requests the most urgent one
 * comes first ({@link FairQueue}). Plain mails get a part of the room only, and less beside decisions ({@link MailPlaces}).
 * While Temporal is out of reach all are told so in time.
 */
final class Starts {

    /** At 50 ms for each, 320 a second. */
    static final int AT_ONCE = 16;

    /** At 50 ms for each, 80 a second; beside decisions 13. */
    static final int MAILS_AT_ONCE = 4;

    /** While Temporal takes what it is handed. Flow waits longer for an answer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    /** Until whoever waits for a Temporal that is out of reach is told so (interface: within 5 s). */
    private static final Duration LONGEST_IN_VAIN = Duration.ofMillis(4_500);

    private static final Duration LAST_TRY = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Pulse pulse = new Pulse();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairQueue<Turn> queue = new FairQueue<>();
    private final MailPlaces mailPlaces = new MailPlaces(MAILS_AT_ONCE);
    private boolean isOutOfReach;

    /** A request that waits, or that Temporal is about to answer: no two are alike. */
    private static final class Turn implements Claim {
        private final Priority priority;

        /** When it was let in, by {@link System#nanoTime}. */
        private long entered;

        Turn(Priority priority) {
            this.priority = priority;
        }

        boolean isMail() {
            return rank() > Urgency.DECISION;
        }

        @Override
        public String tenant() {
            return Objects.requireNonNullElse(priority.getFairnessKey(), "");
        }

        @Override
        public int rank() {
            return priority.getPriorityKey();
        }
    }

    /**
     * Waits for a turn and starts what a caller wants started.
     *
     * @param priority what Temporal's task queues are told of it as well
     * @throws ProblemException 503 when no turn came in time, or Temporal cannot be reached
     */
    <T> T inTurn(Priority priority, Supplier<T> start) {
        Turn turn = new Turn(priority);
        Duration limit = enter(turn);
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
            leave(turn, failed);
        }
    }

    /** Returns how long the start may take. */
    private Duration enter(Turn turn) {
        long begun = System.nanoTime();
        lock.lock();
        try {
            queue.waits(turn);
            if (!turn.isMail()) {
                mailPlaces.decisionAsked(begun);
            }
            while (queue.next(this::mayEnter) != turn) {
                long now = System.nanoTime();
                long left = (isOutOfReach ? LONGEST_IN_VAIN : LONGEST_WAIT).toNanos() - (now - begun);
                if (left <= 0) {
                    throw tooMany();
                }
                long ignored = changed.awaitNanos(Math.min(left, mailPlaces.nanosToNext(now)));
            }
            queue.enters(turn);
            turn.entered = System.nanoTime();
            if (turn.isMail()) {
                mailPlaces.take();
            }
            return isOutOfReach ? shorter(System.nanoTime() - begun) : TemporalCalls.HAND_OVER;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw tooMany();
        } finally {
            queue.waitsNoMore(turn);
            // the next one may follow
            changed.signalAll();
            lock.unlock();
        }
    }

    private boolean mayEnter(Turn turn) {
        return queue.admitted() < AT_ONCE && (!turn.isMail() || mailPlaces.isFree(System.nanoTime()));
    }

    private static Duration shorter(long waitedNanos) {
        long left = LONGEST_IN_VAIN.toNanos() - waitedNanos;
        return Duration.ofNanos(Math.max(LAST_TRY.toNanos(), Math.min(left, TemporalCalls.HAND_OVER.toNanos())));
    }

    private void leave(Turn turn, boolean failed) {
        lock.lock();
        try {
            queue.leaves(turn);
            if (turn.isMail()) {
                mailPlaces.leave(turn.entered, System.nanoTime());
            }
            if (!failed) {
                pulse.beat();
            }
            isOutOfReach = failed && !pulse.isBeating();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return queue.waiting();
        } finally {
            lock.unlock();
        }
    }

    private static ProblemException tooMany() {
        return ProblemException.unavailable(
                "Flowmail has more new requests than Temporal takes up; nothing was accepted. Try again later", PAUSE);
    }
}
