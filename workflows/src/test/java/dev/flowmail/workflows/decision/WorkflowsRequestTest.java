package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.approvals.Caller;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A request of a workflow, whose cancellation comes before the end is recorded or after. */
class WorkflowsRequestTest extends OneDecision {

    /** Temporal closes a cancelled run as cancelled, whatever it returns. */
    @Test
    void aCancellationThatComesAfterTheDecisionEndsTheOperationAndChangesNothingThatPeopleWereTold() {
        outside.whileSigning = () -> stub().cancel();
        start(new Requests().of(new Caller("purchasing")));
        answer(0, Requests.APPROVE);

        assertCancelled();
        assertThat(workflow.state().status()).isEqualTo(Status.DECIDED);
        assertThat(workflow.state().outcome()).isEqualTo(Requests.APPROVE);
        assertThat(outside.receipts).singleElement().extracting("status").isEqualTo("Decided");
    }

    @Test
    void aCancellationThatComesWhileADecisionIsHeldWithdrawsIt() {
        start(new Requests().of(new Caller("purchasing")).hold(Duration.ofHours(1)));
        answer(0, Requests.APPROVE);

        stub().cancel();

        assertCancelled();
        assertThat(workflow.state().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(outside.answers).isEmpty();
    }

    private void assertCancelled() {
        assertThatThrownBy(() -> stub().getResult(ApprovalResult.class))
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CanceledFailure.class);
    }
}
