package dev.flowmail.api.temporal;

import dev.flowmail.api.problems.ProblemException;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.StatusUtils;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Calls to Temporal that somebody waits for: with a limit over all attempts that the SDK makes. The limit is gRPC's
 * context deadline, so that web requests and the worker can share one client, which eager starts need.
 */
public final class TemporalCalls {

    /** For what is handed to Temporal: whoever waits has an answer within 5 s. */
    public static final Duration HAND_OVER = Duration.ofSeconds(4);

    /** The same, while others get through. */
    static final Duration LONGEST = Duration.ofSeconds(15);

    /** The SDK sleeps out a pause between attempts even beyond a limit: it must be short. */
    public static final RpcRetryOptions RETRIES = RpcRetryOptions.newBuilder()
            .setRetryOptions(DefaultStubServiceOperationRpcRetryOptions.INSTANCE)
            .setMaximumInterval(Duration.ofMillis(400))
            .setCongestionInitialInterval(Duration.ofMillis(400))
            .build();

    private static final Set<Status.Code> OUT_OF_REACH = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.INTERNAL);

    private TemporalCalls() {}

    /**
     * Makes a call.
     *
     * @throws ProblemException 503 with {@code Retry-After} when Temporal cannot be reached, or has not answered in time
     */
    public static <T> T within(Duration limit, Supplier<T> call) {
        return within(limit, limit, () -> false, call);
    }

    /**
     * Makes a call that may take longer while others get through.
     *
     * @param limit until then it may take long whatever becomes of others
     * @param longest how long it may take at all
     * @param isMoving whether others get through, at the moment
     * @throws ProblemException 503 with {@code Retry-After} when Temporal cannot be reached, or has not answered in time
     */
    static <T> T within(Duration limit, Duration longest, BooleanSupplier isMoving, Supplier<T> call) {
        CancellableContext context =
                Context.current().withDeadlineAfter(longest.toMillis(), TimeUnit.MILLISECONDS, CallAlarm.DEADLINES);
        Context before = context.attach();
        CallAlarm alarm = new CallAlarm(context, limit, longest, isMoving);
        try {
            return call.get();
        } catch (RuntimeException failure) {
            if (isOutOfReach(failure) || alarm.hasRung()) {
                throw ProblemException.unavailable(
                        "Temporal cannot be reached; nothing was accepted. Try again later", failure);
            }
            throw failure;
        } finally {
            alarm.stop();
            context.detach(before);
            context.cancel(null);
        }
    }

    /** Whether a failure says that Temporal cannot be reached, rather than what it thinks of the call. */
    public static boolean isOutOfReach(Throwable failure) {
        return status(failure).map(OUT_OF_REACH::contains).orElse(false);
    }

    /** Whether Temporal has answered that it knows no such run, or none any more. */
    static boolean saysUnknown(Throwable failure) {
        return answer(failure)
                .filter(answer -> answer.getStatus().getCode() == Status.Code.NOT_FOUND)
                // without its namespace everything would seem to be unknown
                .filter(answer -> !StatusUtils.hasFailure(answer, NamespaceNotFoundFailure.class))
                .isPresent();
    }

    private static Optional<Status.Code> status(Throwable failure) {
        return answer(failure).map(answer -> answer.getStatus().getCode());
    }

    private static Optional<StatusRuntimeException> answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException answer) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }
}
