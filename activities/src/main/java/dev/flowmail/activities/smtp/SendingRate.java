package dev.flowmail.activities.smtp;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How soon one mail follows the other to a server whose mails are counted. Safe for several threads. */
final class SendingRate {

    private final Duration spacing;
    private final Bucket turns;
    private final AtomicInteger awaiting = new AtomicInteger();
    private final Map<String, Long> returns = new HashMap<>();

    SendingRate(SmtpLimits.Rate rate) {
        spacing = rate.spacing();
        // a capacity of one: servers that count by the minute take no burst at its beginning
        turns = Bucket.builder()
                .addLimit(limit -> limit.capacity(1).refillGreedy(rate.mails(), rate.period()))
                .build();
    }

    /** How many wait for their turn. */
    int awaiting() {
        return awaiting.get();
    }

    /** Waits for a turn until then, by {@link System#nanoTime()}; false when there is none. */
    boolean takeTurn(long end) throws InterruptedException {
        awaiting.incrementAndGet();
        try {
            return turns.asBlocking().tryConsume(1, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        } finally {
            awaiting.decrementAndGet();
        }
    }

    /** A tenant's mails that found no turn come back one after the other, as far apart as they may be sent. */
    synchronized Duration comeBack(String tenant) {
        long now = System.nanoTime();
        long earliest = now + turns.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        returns.values().removeIf(past -> past - now < 0);
        long after = returns.getOrDefault(tenant, now) + spacing.toNanos();
        long coming = after - earliest > 0 ? after : earliest;
        long longest = Pauses.LONGEST.toNanos();
        if (coming - now > longest) {
            // beyond that they meet again, and are sorted anew
            returns.put(tenant, now + longest);
            return Pauses.about(Pauses.LONGEST);
        }
        returns.put(tenant, coming);
        return Duration.ofNanos(coming - now);
    }
}
