package dev.flowmail.simulator.page;

import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.Outcome;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, as it stands at one moment.
 *
 * @param flows oldest first
 * @param mails oldest first
 */
record PageState(URI flowmail, URI temporalUi, List<FlowState> flows, List<MailHead> mails) {

    static PageState of(URI flowmail, URI temporalUi, List<Flow> flows, List<ReceivedMail> mails) {
        return new PageState(
                flowmail,
                temporalUi,
                flows.stream().map(FlowState::of).toList(),
                IntStream.range(0, mails.size())
                        .mapToObj(index -> MailHead.of(index, mails.get(index)))
                        .toList());
    }

    /**
     * A flow at a glance.
     *
     * @param id Flow's state id
     * @param chosen label of the outcome that the flow followed
     * @param decidedBy null when nobody decided
     * @param refusals how many late answers the engine did not take
     * @param problem why it failed; empty when it did not
     * @param step the text of the step that it has come to; null for none
     */
    record FlowState(
            String id,
            String action,
            Instant at,
            String subject,
            List<String> recipients,
            List<String> outcomes,
            String status,
            @Nullable String chosen,
            @Nullable String decidedBy,
            String comment,
            @Nullable Instant continuedAt,
            long refusals,
            String problem,
            @Nullable String step,
            URI joinPage) {

        static FlowState of(Flow flow) {
            return new FlowState(
                    flow.stateId(),
                    flow.action().name(),
                    flow.at(),
                    flow.subject(),
                    flow.recipients(),
                    flow.outcomes().stream().map(Outcome::label).toList(),
                    flow.status().name(),
                    flow.chosen().orElse(null),
                    flow.decidedBy().orElse(null),
                    flow.lateAnswer()
                            .map(callback -> callback.output("Comment"))
                            .orElse(""),
                    flow.lateAnswer().map(Callback::at).orElse(null),
                    flow.callbacks().stream()
                            .filter(callback -> callback.status() != 200)
                            .count(),
                    flow.problem(),
                    flow.step().orElse(null),
                    flow.joinUri());
        }
    }

    /**
     * A mail in the list.
     *
     * @param id its index in the inbox
     */
    record MailHead(int id, Instant at, String from, String recipient, String subject) {

        static MailHead of(int id, ReceivedMail mail) {
            return new MailHead(id, mail.at(), mail.header("From"), mail.recipient(), mail.subject());
        }
    }
}
