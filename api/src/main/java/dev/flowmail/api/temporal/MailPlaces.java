package dev.flowmail.api.temporal;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The places of plain mails where new requests are let into Temporal. While decisions are asked, a place rests after each mail
 * for several times as long as its start took: most of what a mail costs comes after its start, and the slower Temporal answers,
 * the more of a busy machine is left to decisions. To be guarded by a lock of whoever has it. Times are those of
 * {@link System#nanoTime}.
 */
final class MailPlaces {

    /** Where starts take 10 ms, four places let 67 mails a second in beside decisions; where they take 40 ms, 17. */
    private static final int RESTS = 5;

    /** However long a start took. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** After a decision was asked. */
    private static final Duration GIVING_WAY = Duration.ofSeconds(1);

    private final int places;
    private final PriorityQueue<Long> rests = new PriorityQueue<>((one, other) -> Long.signum(one - other));
    private int taken;
    private @Nullable Long lastDecision;

    MailPlaces(int places) {
        this.places = places;
    }

    void decisionAsked(long now) {
        lastDecision = now;
    }

    boolean isFree(long now) {
        while (!rests.isEmpty() && rests.peek() - now <= 0) {
            rests.remove();
        }
        return taken + rests.size() < places;
    }

    void take() {
        taken++;
    }

    /** @param since when the place was taken */
    void leave(long since, long now) {
        taken--;
        if (lastDecision != null && now - lastDecision < GIVING_WAY.toNanos()) {
            rests.add(now + Math.min(LONGEST_REST.toNanos(), RESTS * (now - since)));
        }
    }

    /** How long until a place has rested; very long when none rests. */
    long nanosToNext(long now) {
        Long next = rests.peek();
        return next == null ? Long.MAX_VALUE : Math.max(1, next - now);
    }
}
