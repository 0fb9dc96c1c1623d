package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** What a flow builder is told when a debug run's mail did not go out: the server's own words. */
final class DebugRuns {
    private DebugRuns() {}

    /** @throws ProblemException 502 that names whom the mail server rejected, when it did */
    static void demandDelivered(Delivery delivery) {
        refuse(
                "The mail did not get through to ",
                delivery.refused().stream()
                        .map(rejected -> rejected.address() + ": " + rejected.code() + " " + rejected.reply())
                        .toList());
    }

    /** @throws ProblemException 502 that names whose mail failed, when one did */
    static void demandSent(DecisionState state) {
        // whether a mail arrived whose server broke off at the end, nobody knows
        refuse(
                "The mail server has not confirmed the mail to ",
                state.people().stream()
                        .filter(person -> person.mail() == MailStatus.FAILED)
                        .map(DebugRuns::said)
                        .toList());
    }

    static ProblemException failed(ApplicationFailure failure) {
        if (MailFailure.SMTP_REFUSED.equals(failure.getType())
                && failure.getDetails().getSize() > 0) {
            // the same words whether one was rejected or all were
            demandDelivered(failure.getDetails().get(Delivery.class));
        }
        if (MailFailure.SMTP_UNCONFIRMED.equals(failure.getType())) {
            return new ProblemException(HttpStatus.GATEWAY_TIMEOUT, String.valueOf(failure.getOriginalMessage()) + ".");
        }
        return new ProblemException(
                HttpStatus.BAD_GATEWAY, "The mail was not sent. " + String.valueOf(failure.getOriginalMessage()));
    }

    static ProblemException unknown() {
        return new ProblemException(
                HttpStatus.GATEWAY_TIMEOUT,
                "The mail server has not answered within 30 seconds: whether the mail is delivered is unknown.");
    }

    private static String said(Person person) {
        return person.mailbox().address() + ": "
                + Optional.ofNullable(person.mailError()).orElse("not sent");
    }

    private static void refuse(String sentence, List<String> refusals) {
        if (!refusals.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.BAD_GATEWAY, refusals.stream().collect(Collectors.joining("; ", sentence, "")));
        }
    }
}
