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

    /** A workflow's request for a decision was taken; one that had ended before is a repeat. */
    public void taken(boolean isNew) {
        count(true, isNew ? Result.ACCEPTED : Result.REPEATED);
    }

    /** A request was answered by an HTTP status of 400 or more, or what would be one. */
    public void refused(boolean isDecision, int status) {
        count(
                isDecision,
                switch (status) {
                    case 401 -> Result.UNAUTHORIZED;
                    case 429 -> Result.TOO_MANY;
                    case 503 -> Result.UNAVAILABLE;
                    default -> status < 500 ? Result.REFUSED : Result.FAILED;
                });
    }

    void count(boolean isDecision, Result result) {
        (isDecision ? decision : plain).count(result);
    }
}
