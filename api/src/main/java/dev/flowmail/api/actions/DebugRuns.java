package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Delivery;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** What a flow builder is told when a debug run's mail did not go out: the server's own words. */
final class DebugRuns {
    private DebugRuns() {}

    /** @throws ProblemException 502 that names who was refused, when somebody was */
    static void demandDelivered(Delivery delivery) {
        refuse(delivery.refused().stream()
                .map(refused -> refused.address() + ": " + refused.code() + " " + refused.reply())
                .toList());
    }

    /** @throws ProblemException 502 that names whose mail failed, when one did */
    static void demandSent(DecisionState state) {
        refuse(state.people().stream()
                .filter(person -> person.mail() == MailStatus.FAILED)
                .map(DebugRuns::said)
                .toList());
    }

    static ProblemException failed(ApplicationFailure failure) {
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

    private static void refuse(List<String> refusals) {
        if (!refusals.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.BAD_GATEWAY,
                    refusals.stream().collect(Collectors.joining("; ", "The mail did not get through to ", "")));
        }
    }
}
