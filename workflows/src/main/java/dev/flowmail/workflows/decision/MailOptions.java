package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import dev.flowmail.workflows.mail.Retries;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** How long each kind of mail is tried, and how urgent it is. */
final class MailOptions {

    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    /** A debug run's caller waits no longer (interface: debug runs). */
    private static final Duration DEBUG_PATIENCE = Duration.ofSeconds(30);

    private final Deadline deadline;

    MailOptions(Deadline deadline) {
        this.deadline = deadline;
    }

    /**
     * The deadline's own timer ends the request. An activity ends once its next attempt no longer fits: it gets more time than
     * until then.
     */
    ActivityOptions ofQuestion() {
        return options(untilDeadline().plus(Retries.LONGEST_PAUSE.multipliedBy(2)), Retries.AGAIN);
    }

    /** One attempt; empty once the caller has stopped waiting. */
    static Optional<ActivityOptions> ofQuestionInDebugRun() {
        Duration left = Duration.between(Run.now(), Run.acceptedAt().plus(DEBUG_PATIENCE));
        return left.compareTo(AT_LEAST) < 0 ? Optional.empty() : Optional.of(options(left, Retries.ONCE));
    }

    ActivityOptions ofReminder() {
        return ActivityOptions.newBuilder(options(untilDeadline(), Retries.AGAIN))
                .setPriority(Priority.newBuilder()
                        .setPriorityKey(Urgency.REMINDER)
                        .setFairnessKey(Workflow.getInfo().getPriority().getFairnessKey())
                        .build())
                .build();
    }

    /** For as long as the code is good. */
    ActivityOptions ofCode(FreshCode code) {
        Duration good = Duration.between(Run.now(), code.askedAt().plus(AwaitedCode.LIFE));
        Duration left = untilDeadline();
        return options(good.compareTo(left) < 0 ? good : left, Retries.AGAIN);
    }

    private static ActivityOptions options(Duration patience, RetryOptions retry) {
        return ActivityOptions.newBuilder()
                .setScheduleToCloseTimeout(patience)
                .setStartToCloseTimeout(
                        patience.compareTo(Retries.LONGEST_TRANSFER) < 0 ? patience : Retries.LONGEST_TRANSFER)
                .setHeartbeatTimeout(Retries.HEARTBEAT)
                .setRetryOptions(retry)
                // Temporal's queues know it anyway, what limits a mail server only what the activity was given
                .setPriority(Workflow.getInfo().getPriority())
                .build();
    }

    private Duration untilDeadline() {
        Duration left = Duration.between(Run.now(), deadline.end());
        return left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left;
    }
}
