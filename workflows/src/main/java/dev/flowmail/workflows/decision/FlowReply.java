package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.callback.LateAnswer.Fault;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.mail.Attempts;
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

/** Tells Flow how the request ended, for as long as Flow waits. */
final class FlowReply {

    /** A limit of ours: no flow is expected to wait longer. */
    private static final Duration FLOW_WAITS = Duration.ofDays(120);

    /** Flow has 30 s to answer, and 2 s to name the way back; a killed worker's attempt is made again after it. */
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(40);

    private final DecisionRequest request;
    private final Instant flowGivesUp;
    private final SearchAttributes attributes;
    private final Runnable afterEachChange;
    private CallbackStatus status = CallbackStatus.NONE;
    private boolean isWantedAgain;
    private @Nullable String error;
    private @Nullable Reached reached;
    private @Nullable String receipt;

    FlowReply(DecisionRequest request, Instant acceptedAt, SearchAttributes attributes, Runnable afterEachChange) {
        this.request = request;
        this.flowGivesUp = acceptedAt.plus(FLOW_WAITS);
        this.attributes = attributes;
        this.afterEachChange = afterEachChange;
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
        boolean inTheTaskThatEnds = toldInTheTaskThatEnds();
        if (!inTheTaskThatEnds) {
            receipt = new Receipt(request, flow()).of(ending, participants, deadline);
        }
        LateAnswer answer = answer(ending, participants);
        boolean refusedBefore = false;
        while (true) {
            status = CallbackStatus.PENDING;
            isWantedAgain = false;
            afterEachChange.run();
            try {
                reached = call(answer, "tell Flow: " + ending.status().attribute(), inTheTaskThatEnds);
                status = CallbackStatus.REACHED;
                error = null;
                afterEachChange.run();
                if (refusedBefore) {
                    attributes.show(ending.status());
                }
                return;
            } catch (ActivityFailure failure) {
                status = CallbackStatus.FAILED;
                error = reason(failure);
                afterEachChange.run();
            }
            refusedBefore = true;
            attributes.show(Status.CALLBACK_FAILED);
            awaitOperator(abandoned);
            if (!isWantedAgain) {
                throw ApplicationFailure.newNonRetryableFailure(Objects.requireNonNull(error), "CallbackFailed");
            }
        }
    }

    private void awaitOperator(Supplier<Boolean> abandoned) {
        Timer timer = new Timer(now().plus(untilFlowGivesUp()), "Flow gives up");
        // never cancelled: older runs have not done it either
        Workflow.await(() -> timer.isOver() || isWantedAgain || abandoned.get());
    }

    private Reached call(LateAnswer answer, String summary, boolean inTheTaskThatEnds) {
        if (inTheTaskThatEnds) {
            Optional<Reached> reached = LocalFirstTry.of(answer, summary, reason -> {
                error = reason;
                afterEachChange.run();
            });
            if (reached.isPresent()) {
                return reached.get();
            }
        }
        return activities(summary).callBack(answer);
    }

    /**
     * An activity is scheduled by the same record that holds the end: before it nobody outside hears of the end, and after it
     * no event can make it another. Asked for here and not when a run begins, so that every request that ends from now on is
     * told so, whatever started it.
     */
    private static boolean toldInTheTaskThatEnds() {
        return Workflow.getVersion("told-when-recorded", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
    }

    private CallbackActivities activities(String summary) {
        return Workflow.newActivityStub(
                CallbackActivities.class,
                ActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(untilFlowGivesUp())
                        .setStartToCloseTimeout(ONE_ATTEMPT)
                        .setRetryOptions(Attempts.AGAIN)
                        .setSummary(summary)
                        .build());
    }

    private Duration untilFlowGivesUp() {
        Duration left = Duration.between(now(), flowGivesUp);
        return left.compareTo(ONE_ATTEMPT) < 0 ? ONE_ATTEMPT : left;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private static String reason(ActivityFailure failure) {
        return failure.getCause() instanceof ApplicationFailure cause
                ? cause.getOriginalMessage()
                : "Flow could not be reached before it gave up";
    }

    private LateAnswer answer(Ending ending, Participants participants) {
        Participant decider =
                ending.decidedBy() == null ? null : participants.all().get(ending.decidedBy());
        return new LateAnswer(
                flow(),
                ending.outcome() == null
                        ? null
                        : request.choices().get(ending.outcome()).outcome(),
                ending.outcome() == null ? fault(ending.status()) : null,
                decider == null ? null : decider.mailbox().address(),
                decider == null ? null : decider.given().comment(),
                ending.at(),
                participants.answered().stream().map(this::answered).toList(),
                ending.status().attribute(),
                receipt);
    }

    private FlowReference flow() {
        return Objects.requireNonNull(request.flow());
    }

    private Answered answered(Participant participant) {
        Given given = participant.given();
        return new Answered(
                participant.mailbox().address(),
                request.choices().get(given.outcome()).outcome().developerName(),
                given.comment(),
                given.at());
    }

    private static Fault fault(Status status) {
        return switch (status) {
            case TIMED_OUT -> new Fault("Timeout", "Nobody decided in time.");
            case NO_AGREEMENT -> new Fault("NoAgreement", "The answers given leave no outcome that could still win.");
            case MAIL_FAILED -> new Fault("MailFailed", "Fewer recipients than needed could be reached by mail.");
            default -> new Fault("Withdrawn", "The decision request was withdrawn.");
        };
    }
}
