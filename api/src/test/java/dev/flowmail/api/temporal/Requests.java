package dev.flowmail.api.temporal;

import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.SmtpServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decision requests of tests: one person is asked, for an hour, whether to approve or to reject. */
final class Requests {

    private Requests() {}

    /** @param remindEvery null for never */
    static DecisionRequest decision(String tenant, String state, String address, @Nullable Duration remindEvery) {
        return new DecisionRequest(
                new SmtpServer("mail.example.com", 25, SmtpServer.Transport.PLAIN, null, null, null),
                new Mailbox("flow@example.com", null),
                null,
                List.of(new Mailbox(address, null)),
                "May I?",
                Content.inline("May I?"),
                null,
                List.of(),
                null,
                "en",
                List.of(
                        new Choice(new Outcome("0", "approve"), "Approve"),
                        new Choice(new Outcome("1", "reject"), "Reject")),
                new Rules(Duration.ofHours(1), null, remindEvery, 1, null, Comments.OFF),
                new FlowReference(tenant, state, "token", "https://flow.example/api", null, "who"),
                false,
                List.of());
    }
}
