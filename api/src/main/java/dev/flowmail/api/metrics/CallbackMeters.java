package dev.flowmail.api.metrics;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.InstantSource;

/** {@code flowmail.callbacks} and the age of callbacks: how Flow takes the late answers. */
final class CallbackMeters {

    enum Result {
        TAKEN,
        UNREACHABLE,
        REFUSED,
        FAILED
    }

    private final InstantSource clock;
    private final Counters<Result> callbacks;
    private final DecisionMeters decisions;
    private final Timer age;
    private final WaitingCallbacks waiting;

    /** @param decisions count a request once Flow has taken its end */
    CallbackMeters(MeterRegistry registry, InstantSource clock, DecisionMeters decisions) {
        this.clock = clock;
        this.decisions = decisions;
        callbacks = new Counters<>(
                registry, "flowmail.callbacks", "Attempts to tell Flow", Tags.empty(), "result", Result.class);
        age = Timer.builder("flowmail.callback.age")
                .description("From the end of a request until Flow took the answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Duration.ofDays(1))
                .register(registry);
        waiting = new WaitingCallbacks(registry, clock);
    }

    void taken(String workflowId, LateAnswer answer) {
        waiting.remove(workflowId);
        callbacks.count(Result.TAKEN);
        decisions.told(answer.ending());
        if (answer.decidedAt() != null) {
            age.record(WaitingCallbacks.between(answer.decidedAt(), clock.instant()));
        }
    }

    /** @param isFirstTry whether a retried activity follows at once, which tells more */
    void failed(String workflowId, LateAnswer answer, Throwable failure, boolean isFirstTry) {
        Result result = result(failure);
        if (result == Result.REFUSED) {
            waiting.remove(workflowId);
        } else {
            waiting.add(workflowId, answer.decidedAt() == null ? clock.instant() : answer.decidedAt());
        }
        if (result == Result.REFUSED || !isFirstTry) {
            callbacks.count(result);
        }
    }

    private static Result result(Throwable failure) {
        String type = failure instanceof ApplicationFailure application ? application.getType() : "";
        return switch (type) {
            case CallbackActivities.FLOW_REFUSED -> Result.REFUSED;
            case CallbackActivities.FLOW_UNREACHABLE -> Result.UNREACHABLE;
            default -> Result.FAILED;
        };
    }
}
