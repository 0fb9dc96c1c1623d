package dev.flowmail.api.settings;

import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Decision requests.
 *
 * @param timeout how long a decision request waits when it names no Timeout; PT1S to P119D. Flow's own default ends a
 *     state after 30 days without activity
 * @param afterAnswer where the page of the deciding answer leads when a request does not say: flow, into the flow by itself, or
 *     page
 * @param confirmation what a submission of the page needs when a request does not say: button, nothing more; careful, the code
 *     from the email where it looks automatic; or code, always
 */
public record DecisionProperties(
        @DefaultValue("P28D") Duration timeout,
        @DefaultValue("flow") AfterAnswer afterAnswer,
        @DefaultValue("careful") Confirmation confirmation) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public DecisionProperties {
        Rule.of("flowmail.decision.timeout")
                .requires(
                        timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(Rules.LONGEST_TIMEOUT) <= 0,
                        "must be from PT1S to P119D, not " + timeout + ".");
    }
}
