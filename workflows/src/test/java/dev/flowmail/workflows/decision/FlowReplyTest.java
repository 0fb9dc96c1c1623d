package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static dev.flowmail.workflows.decision.Requests.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Flow is told, how often, and with which receipt. Days in milliseconds: the test server skips time. */
@Timeout(60)
class FlowReplyTest extends OneDecision {
    @Test
    void flowIsToldAgainUntilItListens() {
        for (int attempt = 0; attempt < 5; attempt++) {
            outside.callbackFailures.add(ApplicationFailure.newFailure("503", "FlowUnreachable"));
        }
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void aRefusedCallbackStaysOpenForAnOperator() {
        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        start(new Requests());
        answer(0, APPROVE);
        awaitState(CallbackStatus.FAILED);
        assertThat(workflow.state().callbackError()).isEqualTo("404");

        workflow.retryCallback(new Reason("address fixed"));
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void theReceiptIsSignedOnceAndTheSameOnEveryRepeat() {
        outside.callbackFailures.add(ApplicationFailure.newFailure("BUSY", "FlowUnreachable"));
        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        start(new Requests().recipients(2));
        awaitMails(2);
        answer(1, REJECT);
        awaitState(CallbackStatus.FAILED);
        String signed = workflow.state().receipt();

        workflow.retryCallback(null);
        awaitEnd();

        assertThat(signed).isNotNull().isEqualTo(outside.onlyAnswer().receipt());
        assertThat(outside.receipts).hasSize(1);
        ReceiptFacts facts = outside.receipts.get(0);
        assertThat(facts.decision()).isEqualTo("decision-test");
        assertThat(facts.status()).isEqualTo("Decided");
        assertThat(facts.decidedBy()).isEqualTo(address(1));
        assertThat(Objects.requireNonNull(facts.outcome()).developerName()).isEqualTo("reject");
        assertThat(facts.answers())
                .extracting(ReceiptFacts.Answer::mailbox, ReceiptFacts.Answer::outcome, ReceiptFacts.Answer::method)
                .containsExactly(tuple(address(1), "reject", "button"));
        assertThat(facts.shown())
                .hasSize(2)
                .allSatisfy(shown -> assertThat(shown.mails()).hasSize(1));
    }

    @Test
    void aReceiptThatCannotBeSignedAtFirstIsSignedAgain() {
        outside.receiptFailures.add(new IllegalStateException("out of memory, or so"));
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();
        assertThat(outside.onlyAnswer().receipt()).isNotNull();
    }

    @Test
    void flowIsToldWithoutAReceiptThatCannotBeSigned() {
        IntStream.range(0, 10).forEach(time -> outside.receiptFailures.add(new IllegalStateException("broken")));
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();
        assertThat(outside.onlyAnswer().receipt()).isNull();
    }

    @Test
    void anEndThatNobodyDecidedHasAReceiptToo() {
        start(new Requests().timeout(Duration.ofDays(3), null));
        awaitEnd();

        assertThat(outside.receipts).extracting(ReceiptFacts::status).containsExactly("TimedOut");
        assertThat(outside.onlyAnswer().receipt()).isNotNull();
    }

    @Test
    void aCallbackThatFlowNeverTakesFailsTheRunWhenFlowGivesUp() {
        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        start(new Requests());
        answer(0, APPROVE);

        assertThatThrownBy(this::awaitEnd)
                .hasRootCauseMessage("message='404', type='CallbackFailed', nonRetryable=true");
    }

    @Test
    void flowIsToldByAnActivityThatIsRecordedWithTheEnd() {
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        List<HistoryEvent> events =
                temporal.getWorkflowClient().fetchHistory("decision-test").getEvents();
        HistoryEvent telling = events.stream()
                .filter(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals("CallBack"))
                .findFirst()
                .orElseThrow();
        long ending = telling.getActivityTaskScheduledEventAttributes().getWorkflowTaskCompletedEventId();
        assertThat(events.stream()
                        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED))
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.getEventId()).isLessThan(ending));
        assertThat(events.stream()
                        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_MARKER_RECORDED)
                        .toList())
                .as("no local activity but the one that touches nothing outside")
                .extracting(HistoryEvent::getMarkerRecordedEventAttributes)
                .filteredOn(marker -> !marker.getMarkerName().equals("Version"))
                .isNotEmpty()
                .allSatisfy(marker -> assertThat(marker.getDetailsOrThrow("type")
                                .getPayloads(0)
                                .getData()
                                .toStringUtf8())
                        .isEqualTo("\"SignReceipt\""));
    }
}
