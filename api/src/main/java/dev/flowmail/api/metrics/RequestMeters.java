package dev.flowmail.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** {@code flowmail.requests}: what Flow asked for, and what became of it. */
public final class RequestMeters {

    enum Result {
        /** Temporal has it. */
        ACCEPTED,
        /** Temporal had it before; nothing was started. */
        REPEATED,
        /** Something in it is wrong. */
        REFUSED,
        /** No or wrong credentials. */
        UNAUTHORIZED,
        /** Above a rate limit. */
        TOO_MANY,
        /** Temporal or the attachment store cannot be reached, or there is no room. */
        UNAVAILABLE,
        /** A debug run's mail failed, or Flowmail did. */
        FAILED
    }

    private final Counters<Result> plain;
    private final Counters<Result> decision;

    public RequestMeters(MeterRegistry registry) {
        plain = counters(registry, "plain");
        decision = counters(registry, "decision");
    }

    private static Counters<Result> counters(MeterRegistry registry, String kind) {
        return new Counters<>(
                registry,
                "flowmail.requests",
                "Calls of the message actions",
                Tags.of("kind", kind),
                "result",
                Result.class);
    }

    void count(boolean isDecision, Result result) {
        (isDecision ? decision : plain).count(result);
    }
}
