package dev.flowmail.api.metrics;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.decision.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.InstantSource;

/** {@code flowmail.callbacks}, {@code flowmail.decisions} and the age of callbacks: how Flow takes the late answers. */
final class CallbackMeters {

    enum Result {
        TAKEN,
        UNREACHABLE,
        REFUSED,
        FAILED
    }

    enum Ending {
        DECIDED,
        TIMED_OUT,
        NO_AGREEMENT,
        WITHDRAWN,
        MAIL_FAILED,
        UNKNOWN
    }

    private final InstantSource clock;
    private final Counters<Result> callbacks;
    private final Counters<Ending> decisions;
    private final Timer age;
    private final WaitingCallbacks waiting;

    CallbackMeters(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        callbacks = new Counters<>(
                registry, "flowmail.callbacks", "Attempts to tell Flow", Tags.empty(), "result", Result.class);
        decisions = new Counters<>(
                registry,
                "flowmail.decisions",
                "Decision requests whose end Flow has been told",
                Tags.empty(),
                "ending",
                Ending.class);
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
        decisions.count(ending(answer));
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

    private static Ending ending(LateAnswer answer) {
        for (Status status : Status.values()) {
            if (status.attribute().equals(answer.ending())) {
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
        return Ending.UNKNOWN;
    }
}
