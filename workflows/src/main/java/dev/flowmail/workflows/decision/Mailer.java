package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sends a request's mails and notes what became of each. */
final class Mailer {

    private static final String UNKNOWN =
            "The mail server did not answer in time; whether the mail was delivered is unknown";

    private final DecisionRequest request;
    private final Deadline deadline;
    private final Mails mails;
    private final MailOptions options;
    private final List<CancellationScope> remindersAndCodes = new ArrayList<>();
    private final Runnable settled;

    /** @param settled to be called when it is known what became of a question's mail */
    Mailer(DecisionRequest request, Deadline deadline, Runnable settled) {
        this.request = request;
        this.deadline = deadline;
        this.mails = new Mails(request, deadline);
        this.options = new MailOptions(deadline);
        this.settled = settled;
    }

    /** Sends the question, tried until the deadline. */
    void ask(Participant participant) {
        ask(participant, options.ofQuestion());
    }

    /** Sends the question of a debug run: one attempt, and none once the caller has stopped waiting. */
    void askOnce(Participant participant) {
        MailOptions.ofQuestionInDebugRun()
                .ifPresentOrElse(
                        once -> ask(participant, once),
                        () -> participant.mailing().failed("No worker took the mail in time; it was not sent"));
    }

    private void ask(Participant participant, ActivityOptions how) {
        Mail mail = mails.question(participant);
        int generation = participant.generation();
        CancellationScope scope = sending(mail, how, summary(participant), (delivery, failure) -> {
            keep(delivery, participant, generation);
            settle(participant, mail.id(), failure);
        });
        participant.mailing().isRunningIn(scope);
        scope.run();
    }

    /** Sends a reminder; a failed one is ignored. */
    void remind(Participant participant, int number) {
        int generation = participant.generation();
        CancellationScope scope = sending(
                mails.reminder(participant, number),
                options.ofReminder(),
                Deadline.reminderLabel(number) + ", " + summary(participant),
                (delivery, failure) -> keep(delivery, participant, generation));
        remindersAndCodes.add(scope);
        scope.run();
    }

    /** Sends the fresh code that a participant awaits; who gets none asks for another. */
    void sendCode(Participant participant) {
        FreshCode code = Objects.requireNonNull(participant.code());
        code.isMailed();
        CancellationScope scope = sending(
                mails.code(participant, code),
                options.ofCode(code),
                "code, " + summary(participant),
                (delivery, failure) -> {});
        remindersAndCodes.add(scope);
        scope.run();
    }

    void stopRemindersAndCodes() {
        remindersAndCodes.forEach(CancellationScope::cancel);
    }

    /** @param then learns what became of the mail: one of the two is null */
    private static CancellationScope sending(
            Mail mail,
            ActivityOptions how,
            String summary,
            BiConsumer<@Nullable Delivery, @Nullable RuntimeException> then) {
        MailActivities activities = Workflow.newActivityStub(
                MailActivities.class,
                ActivityOptions.newBuilder(how).setSummary(summary).build());
        return Workflow.newDetachedCancellationScope(
                () -> Async.function(activities::sendMail, mail).handle((delivery, failure) -> {
                    then.accept(delivery, failure);
                    return delivery;
                }));
    }

    /** What a mail was goes with whoever got it. */
    private static void keep(@Nullable Delivery delivery, Participant participant, int generation) {
        if (delivery != null && delivery.hashes() != null && participant.generation() == generation) {
            participant.mailing().keep(delivery.hashes());
        }
    }

    private void settle(Participant participant, String mailId, @Nullable RuntimeException failure) {
        Mailing mailing = participant.mailing();
        boolean outdated = !mailing.isOnItsWay() || !participant.mailId().equals(mailId);
        if (outdated || (failure != null && failure.getCause() instanceof CanceledFailure)) {
            return;
        }
        if (failure == null) {
            mailing.sent();
        } else if (Failures.ranOutOfTime(failure)
                && !request.debug()
                && Run.now().isBefore(deadline.end())) {
            // the deadline was moved since this mail was scheduled
            mailing.isWanted();
        } else {
            mailing.failed(Failures.words(failure, UNKNOWN));
        }
        settled.run();
    }

    private String summary(Participant participant) {
        return "recipient " + (participant.index() + 1) + " of "
                + request.recipients().size();
    }
}
