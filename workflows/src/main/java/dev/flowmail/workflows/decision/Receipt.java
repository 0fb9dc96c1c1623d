package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.receipt.ReceiptActivities;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of how a request ended. Where Flow is told afterwards, a local activity signs it in the workflow task that ends the
 * request: it touches nothing outside, and one that Temporal has not recorded is never shown to anybody.
 */
final class Receipt {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A machine that stands still for a moment must not cost the receipt; a fault that stays must not keep Flow waiting. */
    private static final RetryOptions SOME_TIMES = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(200))
            .setMaximumAttempts(4)
            .build();

    private final DecisionRequest request;

    Receipt(DecisionRequest request) {
        this.request = request;
    }

    /** Null where there is no key. Flow's answer does not hang on it. */
    @Nullable
    String of(Ending ending, Participants participants, Instant deadline) {
        ReceiptActivities activities = Workflow.newLocalActivityStub(
                ReceiptActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(PATIENCE)
                        .setScheduleToCloseTimeout(PATIENCE.multipliedBy(4))
                        .setRetryOptions(SOME_TIMES)
                        // all of it stands in the history already
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary("sign the receipt")
                        .build());
        return signed(activities, facts(ending, participants, deadline));
    }

    /**
     * The same by an ordinary activity, once Temporal has recorded the end. After that no event can make it another, and the
     * run may close: a task that closes it, which is done again when an event has come meanwhile, comes to the same end.
     */
    @Nullable
    String ofRecorded(Ending ending, Participants participants, Instant deadline) {
        ReceiptActivities activities = Workflow.newActivityStub(
                ReceiptActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(PATIENCE)
                        .setRetryOptions(SOME_TIMES)
                        .setSummary("sign the receipt")
                        .build());
        return signed(activities, facts(ending, participants, deadline));
    }

    private static @Nullable String signed(ReceiptActivities activities, ReceiptFacts facts) {
        try {
            return activities.sign(facts);
        } catch (ActivityFailure failure) {
            Workflow.getLogger(Receipt.class).warn("No receipt could be signed");
            return null;
        }
    }

    private ReceiptFacts facts(Ending ending, Participants participants, Instant deadline) {
        Integer outcome = ending.outcome();
        Integer decidedBy = ending.decidedBy();
        Integer veto = request.rules().vetoOutcome();
        return new ReceiptFacts(
                Run.id(),
                Objects.requireNonNull(request.tenantId()),
                request.stateId(),
                ending.status().attribute(),
                outcome == null
                        ? null
                        : new ReceiptFacts.Outcome(
                                outcome(outcome).developerName(),
                                request.choices().get(outcome).label()),
                decidedBy == null
                        ? null
                        : participants.all().get(decidedBy).mailbox().address(),
                ending.at(),
                participants.answered().stream().map(this::answer).toList(),
                new ReceiptFacts.Rules(
                        request.rules().answersNeeded(),
                        veto == null ? null : outcome(veto).developerName(),
                        deadline),
                participants.all().stream().map(Receipt::shown).toList());
    }

    private ReceiptFacts.Answer answer(Participant participant) {
        Given given = participant.given();
        return new ReceiptFacts.Answer(
                participant.mailbox().address(),
                outcome(given.outcome()).developerName(),
                given.at(),
                given.method(),
                given.comment(),
                Evidence.of(given, Receipt::time));
    }

    /** Whoever reads a receipt knows no time zone of the request. */
    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Outcome outcome(int index) {
        return request.choices().get(index).outcome();
    }

    private static ReceiptFacts.Shown shown(Participant participant) {
        return new ReceiptFacts.Shown(
                participant.mailbox().address(), participant.mailing().hashes());
    }
}
