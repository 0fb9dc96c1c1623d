package dev.flowmail.api.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * How often each of many may do something: so many times at once, and as many more a minute, evenly. Whoever has rested
 * for a minute is forgotten, and beyond 50,000 the one who did least lately, so the memory it takes is bounded. Safe for
 * several threads.
 */
public final class RateLimit {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int REMEMBERED = 50_000;

    private final LoadingCache<String, Bucket> buckets;

    public RateLimit(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(int perMinute, TimeMeter time) {
        // a bucket that was left alone for a minute is full again, as a new one is
        buckets = Caffeine.newBuilder()
                .expireAfterAccess(MINUTE.plusSeconds(1))
                .maximumSize(REMEMBERED)
                .build(key -> Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                        .build());
    }

    /** Takes back one time that was counted for {@code who}. */
    public void giveBack(String who) {
        buckets.get(who).addTokens(1);
    }

    /** Counts once for {@code who}; when that is too often, for how long to wait, in whole seconds. */
    public Optional<Duration> take(String who) {
        ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(
                        1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds()));
    }
}
