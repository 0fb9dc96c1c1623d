package dev.flowmail.api.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.workflows.mail.Retries;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What waits for Flow to take it, known from the attempts that this process made: it forgets a request that it has not tried for
 * longer than the longest pause, since another replica may have been successful.
 */
final class WaitingCallbacks {

    private static final Duration FORGET = Retries.LONGEST_PAUSE.plusMinutes(3);
    private static final int REMEMBERED = 100_000;

    private final InstantSource clock;
    private final Cache<String, Instant> waiting = Caffeine.newBuilder()
            .expireAfterWrite(FORGET)
            .maximumSize(REMEMBERED)
            .build();

    WaitingCallbacks(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        Gauge.builder("flowmail.callbacks.waiting", this, WaitingCallbacks::count)
                .description("Requests that have ended and whose answer Flow did not take yet")
                .register(registry);
        Gauge.builder("flowmail.callback.oldest", this, WaitingCallbacks::oldest)
                .description("How long the oldest of these has waited")
                .baseUnit("seconds")
                .register(registry);
    }

    /** @param since when its request ended */
    void add(String workflowId, Instant since) {
        waiting.put(workflowId, since);
    }

    void remove(String workflowId) {
        waiting.invalidate(workflowId);
    }

    private double count() {
        waiting.cleanUp();
        return waiting.estimatedSize();
    }

    private double oldest() {
        return waiting.asMap().values().stream()
                .min(Instant::compareTo)
                .map(since -> between(since, clock.instant()))
                .orElse(Duration.ZERO)
                .toSeconds();
    }

    /** Never negative: clocks of machines differ. */
    static Duration between(Instant from, Instant to) {
        Duration passed = Duration.between(from, to);
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
