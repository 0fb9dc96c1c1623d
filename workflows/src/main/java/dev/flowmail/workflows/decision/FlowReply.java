package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.mail.Retries;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells Flow how the request ended, for as long as Flow waits; or has the end recorded, of which a workflow that asked hears. */
final class FlowReply {

    /** A limit of ours: no flow is expected to wait longer. */
    private static final Duration FLOW_WAITS = Duration.ofDays(120);

    /** Flow has 30 s to answer, and 2 s to name the way back; a killed worker's attempt is made again after it. */
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(40);

    private final DecisionRequest request;
    private final Instant flowGivesUp;
    private final SearchAttributes attributes;
    private final Runnable changed;
    private CallbackStatus status = CallbackStatus.NONE;
    private boolean isWantedAgain;
    private @Nullable String error;
    private @Nullable Reached reached;
    private @Nullable String receipt;

    /** @param changed to be called after each change of the state */
    FlowReply(DecisionRequest request, SearchAttributes attributes, Runnable changed) {
        this.request = request;
        this.flowGivesUp = Run.acceptedAt().plus(FLOW_WAITS);
        this.attributes = attributes;
        this.changed = changed;
    }

    CallbackStatus status() {
        return status;
    }

    @Nullable
    String error() {
        return error;
    }

    /** What Flow said when it took the answer; null before. */
    @Nullable
    Reached reached() {
        return reached;
    }

    /** The signed receipt; null before the end, and where there is none. */
    @Nullable
    String receipt() {
        return receipt;
    }

    /** An operator wants the answer sent again. */
    void retry() {
        status = CallbackStatus.PENDING;
        isWantedAgain = true;
    }

    /**
     * Returns once Flow has the answer. A final refusal leaves the request open for {@link #retry()}.
     *
     * @param abandoned whether an operator has given the request up
     * @throws ApplicationFailure when Flow has given up, or the operator has
     */
    void deliver(Ending ending, Participants participants, Instant deadline, Supplier<Boolean> abandoned) {
        boolean early = Preview.tellsBeforeTheEndIsRecorded();
        if (!early) {
            receipt = new Receipt(request).of(ending, participants, deadline);
        }
        LateAnswer answer = new LateAnswers(request, participants).of(ending, receipt);
        if (tell(answer, early)) {
            return;
        }
        do {
            attributes.show(Status.CALLBACK_FAILED);
            awaitOperator(abandoned);
            if (!isWantedAgain) {
                throw ApplicationFailure.newNonRetryableFailure(Objects.requireNonNull(error), "CallbackFailed");
            }
        } while (!tell(answer, early));
        attributes.show(ending.status());
    }

    /** Returns once the end is recorded: whoever has asked gets the result of the run, which closes now. */
    ApprovalResult conclude(Ending ending, Participants participants, Instant deadline) {
        receipt = new Receipt(request).ofRecorded(ending, participants, deadline);
        status = CallbackStatus.REACHED;
        changed.run();
        return new ApprovalResults(request, participants).of(ending);
    }

    /** Whether Flow took it; false when it refused for good. */
    private boolean tell(LateAnswer answer, boolean early) {
        status = CallbackStatus.PENDING;
        isWantedAgain = false;
        changed.run();
        try {
            reached = call(answer, "tell Flow: " + answer.ending(), early);
            status = CallbackStatus.REACHED;
            error = null;
        } catch (ActivityFailure failure) {
            status = CallbackStatus.FAILED;
            error = Failures.words(failure, "Flow could not be reached before it gave up");
        }
        changed.run();
        return status == CallbackStatus.REACHED;
    }

    private void awaitOperator(Supplier<Boolean> abandoned) {
        Timer timer = new Timer(Run.now().plus(untilFlowGivesUp()), "Flow gives up");
        // never cancelled: older runs have not done it either
        Workflow.await(() -> timer.isOver() || isWantedAgain || abandoned.get());
    }

    private Reached call(LateAnswer answer, String summary, boolean early) {
        Optional<Reached> atOnce = early ? LocalFirstTry.of(answer, summary, this::isNotReached) : Optional.empty();
        return atOnce.orElseGet(() -> activities(summary).callBack(answer));
    }

    private void isNotReached(String why) {
        error = why;
        changed.run();
    }

    private CallbackActivities activities(String summary) {
        return Workflow.newActivityStub(
                CallbackActivities.class,
                ActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(untilFlowGivesUp())
                        .setStartToCloseTimeout(ONE_ATTEMPT)
                        .setRetryOptions(Retries.AGAIN)
                        .setSummary(summary)
                        .build());
    }

    private Duration untilFlowGivesUp() {
        Duration left = Duration.between(Run.now(), flowGivesUp);
        return left.compareTo(ONE_ATTEMPT) < 0 ? ONE_ATTEMPT : left;
    }
}
