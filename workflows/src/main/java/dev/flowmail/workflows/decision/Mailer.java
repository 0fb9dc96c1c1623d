package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attempts;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends a request's mails and notes what became of each. */
final class Mailer {

    /** A debug run's caller waits no longer (interface: debug runs). */
    private static final Duration DEBUG_PATIENCE = Duration.ofSeconds(30);

    private final DecisionRequest request;
    private final Deadline deadline;
    private final String workflowId = Run.id();
    private final List<CancellationScope> reminding = new ArrayList<>();
    private final Runnable afterEachMail;

    Mailer(DecisionRequest request, Deadline deadline, Runnable afterEachMail) {
        this.request = request;
        this.deadline = deadline;
        this.afterEachMail = afterEachMail;
    }

    /** Sends the question, tried until the deadline. */
    void ask(Participant participant) {
        // The deadline's own timer ends the request. An activity ends once its next attempt no longer fits: it gets
        // more.
        ask(participant, options(untilDeadline().plus(Attempts.LONGEST_PAUSE.multipliedBy(2)), Attempts.AGAIN));
    }

    /** Sends the question of a debug run: one attempt, and none once the caller has stopped waiting. */
    void askOnce(Participant participant) {
        Duration left = Duration.between(Run.now(), Run.acceptedAt().plus(DEBUG_PATIENCE));
        if (left.compareTo(Duration.ofSeconds(1)) < 0) {
            participant.failed("No worker took the mail in time; it was not sent");
            return;
        }
        ask(participant, options(left, Attempts.ONCE));
    }

    private void ask(Participant participant, ActivityOptions options) {
        Mail mail = mail(participant, participant.mailId(workflowId), 0);
        int generation = participant.generation();
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> {
            Promise<Delivery> sending = Async.function(activities(options, summary(participant))::sendMail, mail);
            sending.handle((delivery, failure) -> {
                keep(delivery, participant, generation);
                settle(participant, mail.id(), failure);
                return delivery;
            });
        });
        participant.isMailedIn(scope);
        scope.run();
    }

    /** Sends a reminder; a failed one is ignored. */
    void remind(Participant participant, int number) {
        Mail mail = mail(participant, participant.mailId(workflowId) + "/reminder-" + number, number);
        ActivityOptions options = ActivityOptions.newBuilder(options(untilDeadline(), Attempts.AGAIN))
                .setPriority(Priority.newBuilder()
                        .setPriorityKey(Urgency.REMINDER)
                        .setFairnessKey(Workflow.getInfo().getPriority().getFairnessKey())
                        .build())
                .build();
        int generation = participant.generation();
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> Async.function(
                        activities(options, Deadline.reminderLabel(number) + ", " + summary(participant))::sendMail,
                        mail)
                .handle((delivery, failure) -> {
                    keep(delivery, participant, generation);
                    return delivery;
                }));
        reminding.add(scope);
        scope.run();
    }

    /** Sends the fresh code that a participant awaits, tried for as long as it is good; who gets none asks for another. */
    void sendCode(Participant participant) {
        FreshCode code = Objects.requireNonNull(participant.code());
        code.isMailed();
        Duration patience = Duration.between(Run.now(), code.askedAt().plus(AwaitedCode.LIFE));
        Duration left = untilDeadline();
        ActivityOptions options = options(patience.compareTo(left) < 0 ? patience : left, Attempts.AGAIN);
        Mail mail = codeMail(participant, code);
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> Async.function(
                        activities(options, "code, " + summary(participant))::sendMail, mail)
                .handle((delivery, failure) -> delivery));
        reminding.add(scope);
        scope.run();
    }

    private Mail codeMail(Participant participant, FreshCode code) {
        Question question = new Question(
                workflowId,
                participant.place(),
                participant.generation(),
                List.of(request.choices().get(code.outcome()).label()),
                deadline.end(),
                request.rules().comments(),
                request.language(),
                0,
                participant.mailId(workflowId),
                null,
                null,
                new Question.Code(code.nonce(), code.outcome()),
                null,
                request.rules().timeZone());
        return new Mail(
                participant.codeMailId(workflowId),
                workflowId,
                request.server(),
                request.from(),
                request.replyTo(),
                List.of(participant.mailbox()),
                List.of(),
                List.of(),
                request.subject(),
                null,
                null,
                List.of(),
                null,
                question,
                false);
    }

    void stopReminding() {
        reminding.forEach(CancellationScope::cancel);
    }

    /** What a mail was goes with whoever got it. */
    private static void keep(@Nullable Delivery delivery, Participant participant, int generation) {
        if (delivery != null && delivery.hashes() != null && participant.generation() == generation) {
            participant.wasMailed(delivery.hashes());
        }
    }

    private void settle(Participant participant, String mailId, @Nullable RuntimeException failure) {
        boolean outdated =
                !participant.isBeingMailed() || !participant.mailId(workflowId).equals(mailId);
        if (outdated || (failure != null && failure.getCause() instanceof CanceledFailure)) {
            return;
        }
        if (failure == null) {
            participant.sent();
        } else if (ranOutOfTime(failure) && !request.debug() && Run.now().isBefore(deadline.end())) {
            // The deadline was moved since this mail was scheduled.
            participant.markForMail();
        } else {
            participant.failed(reason(failure));
        }
        afterEachMail.run();
    }

    private static boolean ranOutOfTime(RuntimeException failure) {
        return failure instanceof ActivityFailure activity
                && activity.getRetryState() == RetryState.RETRY_STATE_TIMEOUT;
    }

    private static String reason(RuntimeException failure) {
        return failure.getCause() instanceof ApplicationFailure cause
                ? cause.getOriginalMessage()
                : "The mail server did not answer in time; whether the mail was delivered is unknown";
    }

    private Mail mail(Participant participant, String id, int reminder) {
        Question question = request.choices().isEmpty() ? null : question(participant, reminder);
        return new Mail(
                id,
                workflowId,
                request.server(),
                request.from(),
                request.replyTo(),
                List.of(participant.mailbox()),
                List.of(),
                List.of(),
                request.letter() == null ? request.subject() : "",
                request.text(),
                request.html(),
                request.letter() == null ? request.attachments() : List.of(Attachment.letter(request.letter())),
                request.bucket(),
                question,
                false);
    }

    private Question question(Participant participant, int reminder) {
        return new Question(
                workflowId,
                participant.place(),
                participant.generation(),
                request.letter() == null
                        ? request.offered().stream().map(Choice::label).toList()
                        : List.of(),
                deadline.end(),
                request.rules().comments(),
                request.language(),
                reminder,
                reminder == 0 ? null : participant.mailId(workflowId),
                request.tones(),
                request.agreement(),
                null,
                request.rules().mayAskForCode() ? true : null,
                request.rules().timeZone());
    }

    private String summary(Participant participant) {
        return "recipient " + (participant.place() + 1) + " of "
                + request.recipients().size();
    }

    private static MailActivities activities(ActivityOptions options, String summary) {
        return Workflow.newActivityStub(
                MailActivities.class,
                ActivityOptions.newBuilder(options).setSummary(summary).build());
    }

    private static ActivityOptions options(Duration patience, RetryOptions retry) {
        return ActivityOptions.newBuilder()
                .setScheduleToCloseTimeout(patience)
                .setStartToCloseTimeout(
                        patience.compareTo(Attempts.LONGEST_TRANSFER) < 0 ? patience : Attempts.LONGEST_TRANSFER)
                .setHeartbeatTimeout(Attempts.HEARTBEAT)
                .setRetryOptions(retry)
                // Temporal's queues know it anyway, the mail server's lane only what the activity was given
                .setPriority(Workflow.getInfo().getPriority())
                .build();
    }

    private Duration untilDeadline() {
        Duration left = Duration.between(Run.now(), deadline.end());
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
