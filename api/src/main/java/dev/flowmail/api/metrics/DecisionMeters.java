package dev.flowmail.api.metrics;

import dev.flowmail.workflows.decision.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code flowmail.decisions}: how requests ended, of which Flow or the workflow that asked has been told. */
final class DecisionMeters {

    enum Ending {
        DECIDED,
        TIMED_OUT,
        NO_AGREEMENT,
        WITHDRAWN,
        MAIL_FAILED,
        UNKNOWN
    }

    private final Counters<Ending> decisions;

    DecisionMeters(MeterRegistry registry) {
        decisions = new Counters<>(
                registry,
                "flowmail.decisions",
                "Decision requests whose end Flow, or the workflow that asked, has been told",
                Tags.empty(),
                "ending",
                Ending.class);
    }

    /** @param status as search attribute; null of a request of the first release */
    void told(@Nullable String status) {
        decisions.count(Arrays.stream(Status.values())
                .filter(one -> one.attribute().equals(status))
                .map(DecisionMeters::ending)
                .findFirst()
                .orElse(Ending.UNKNOWN));
    }

    private static Ending ending(Status status) {
        return switch (status) {
            case DECIDED -> Ending.DECIDED;
            case TIMED_OUT -> Ending.TIMED_OUT;
            case NO_AGREEMENT -> Ending.NO_AGREEMENT;
            case WITHDRAWN -> Ending.WITHDRAWN;
            case MAIL_FAILED -> Ending.MAIL_FAILED;
            case SENDING, WAITING, CALLBACK_FAILED -> Ending.UNKNOWN;
        };
    }
}
