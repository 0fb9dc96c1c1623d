package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static dev.flowmail.workflows.decision.Requests.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Temporal's UI shows of a request. */
@Timeout(60)
class DetailsTest extends OneDecision {
    @Test
    void theUiShowsWhoAnsweredWhatAndWhatIsAwaited() {
        outside.refused.add(address(1));
        start(new Requests().recipients(3).answersNeeded(2, REJECT));
        awaitSettledMails();
        workflow.decide(new Decide(0, 0, APPROVE, "until `May`", null).in(new Seal(true, "nonce")));

        assertThat(details())
                .startsWith("`Holiday`, asked by `Boss`\n\n**Waiting")
                .contains("\n\n2 of 3 must agree; one `Reject` ends it\n\n1. ")
                .containsPattern(
                        "\\*\\*Waiting: 1 of 3 answered\\*\\* until \\w{3} \\d+ \\w{3} 20\\d\\d, \\d\\d:\\d\\d:\\d\\d"
                                + " Europe/Berlin\n")
                .contains("\n1. `person0@example.com`: mail sent, answered `Approve` ")
                .contains(", comment: `until 'May'`\n2. ")
                .contains("\n2. `person1@example.com`: mail failed: `550 no such user`, answer awaited\n")
                .contains("\n3. `person2@example.com`: mail sent, answer awaited\n");

        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        answer(2, APPROVE);
        awaitState(CallbackStatus.FAILED);

        assertThat(details())
                .startsWith("`Holiday`, asked by `Boss`\n\n**Decided ")
                .contains(": `Approve`**", "Flow: **refused the answer**: `404`.");
        workflow.retryCallback(new Reason("fixed"));
        awaitEnd();
        assertThat(details()).endsWith("Flow: has been told\n");
    }

    @Test
    void theUiShowsThatFlowHadBeenAnsweredBefore() {
        outside.reached = new Reached("TOKEN_COMPLETED", null, true);
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        assertThat(details()).contains("Flow: **had already been answered**");
        assertThat(workflow.state().flowHadBeenAnswered()).isTrue();
        assertThat(workflow.state().flowSaid()).isEqualTo("TOKEN_COMPLETED");
    }

    @Test
    void theUiShowsThatFlowWaitsOn() {
        outside.reached = new Reached("WAIT", null, false);
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        assertThat(details()).contains("Flow: has been told and said `WAIT`");
    }

    @Test
    void theUiTellsVisitsInTheRequestsTimeZone() {
        Instant first = Instant.parse("2026-11-28T10:00:00.597878557Z");
        start(new Requests());
        awaitSettledMails();
        workflow.decide(new Decide(0, 0, APPROVE, null, new Visits(4, first, first.plusSeconds(61)))
                .in(new Seal(true, "seal")));
        awaitEnd();

        assertThat(details())
                .contains("4 visits of this link before, from Sat 28 Nov 2026, 11:00:00 Europe/Berlin"
                        + " to Sat 28 Nov 2026, 11:01:01 Europe/Berlin");
    }

    @Test
    void whatPeopleWroteIsNoMarkupInTheUi() {
        assertThat(Markdown.literal("`![x](http://evil.example)\n\n# a_b"))
                .isEqualTo("`'![x](http://evil.example)  # a_b`");
    }

    private String details() {
        return stub().query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }
}
