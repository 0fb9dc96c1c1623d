package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When a request ends by itself, and when its reminders go out before that. */
final class Deadline {

    static final int MOST_REMINDERS = 10;

    private static final Duration LAST_CALL_AT_MOST = Duration.ofDays(1);

    private final Instant acceptedAt;
    private final @Nullable Duration every;
    private Instant end;
    private int moves;
    private int reminders;
    private @Nullable Instant lastReminder;

    Deadline(Instant acceptedAt, Duration timeout, @Nullable Duration every) {
        this.acceptedAt = acceptedAt;
        this.every = every;
        this.end = acceptedAt.plus(timeout);
    }

    Instant end() {
        return end;
    }

    boolean canMoveTo(Instant newEnd) {
        return !newEnd.isAfter(acceptedAt.plus(Rules.LONGEST_TIMEOUT));
    }

    void moveTo(Instant newEnd) {
        end = newEnd;
        moves++;
    }

    /** How often it was moved. */
    int moves() {
        return moves;
    }

    int reminders() {
        return reminders;
    }

    /** What Temporal's UI calls a reminder. */
    static String reminderLabel(int number) {
        return "reminder " + number + " of at most " + MOST_REMINDERS;
    }

    /** The next moment at which something is due: a reminder or the end. */
    Instant next() {
        Instant reminder = nextReminder();
        return reminder == null ? end : reminder;
    }

    /** Counts the reminder that is due; those missed while nothing ran are not made up for. */
    void reminded(Instant now) {
        reminders++;
        lastReminder = now;
    }

    private @Nullable Instant nextReminder() {
        if (every == null || reminders >= MOST_REMINDERS) {
            return null;
        }
        Instant after = lastReminder == null ? acceptedAt : lastReminder;
        Instant regular = firstMultipleAfter(after, every);
        Instant lastCall = end.minus(lastCallBefore(every));
        Instant reminder = after.isBefore(lastCall) && lastCall.isBefore(regular) ? lastCall : regular;
        return reminder.isBefore(end) ? reminder : null;
    }

    private Instant firstMultipleAfter(Instant after, Duration period) {
        long passed = Duration.between(acceptedAt, after).dividedBy(period);
        return acceptedAt.plus(period.multipliedBy(passed + 1));
    }

    /** One reminder shortly before the end, unless a regular one is due that late. */
    private static Duration lastCallBefore(Duration every) {
        Duration half = every.dividedBy(2).truncatedTo(ChronoUnit.SECONDS);
        return half.compareTo(LAST_CALL_AT_MOST) < 0 ? half : LAST_CALL_AT_MOST;
    }
}
