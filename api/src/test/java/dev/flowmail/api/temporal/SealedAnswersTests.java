package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.decisions.Standing;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.decision.Status;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody who reaches Temporal, and has no key, can make of the signal {@code decide}, on the real server. */
@Tag("programs")
class SealedAnswersTests {
    private static final int APPROVE = 0;
    private static final int REJECT = 1;
    private static final Key FIRST = key("first", 1);
    private static final Key NEXT = key("next", 2);
    private static final KeyRing KEYS = new KeyRing(List.of(FIRST));
    private static final Outside OUTSIDE = new Outside();

    private static Connection connection;
    private static TemporalDecisionRuns runs;
    private static TemporalWorker worker;

    private final String id = "decision-" + UUID.randomUUID();

    @BeforeAll
    static void startWorker() {
        connection = new Connection(TemporalProcess.shared().address(), KEYS);
        runs = new TemporalDecisionRuns(connection.workflows);
        worker = connection.decidingWorker(OUTSIDE);
    }

    @AfterAll
    static void stopWorker() {
        worker.stop();
        connection.close();
    }

    @BeforeEach
    void ask() {
        ask(id);
    }

    private static void ask(String workflowId) {
        connection.dispatcher.ask(workflowId, request(workflowId));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.look(workflowId) instanceof Standing.Told told
                        && told.state().status() == Status.WAITING);
    }

    @Test
    void whatCameInClearDecidesNothing() {
        signal(plain(new Decide(0, 0, APPROVE, null, null)));
        signal(plain("approve"));
        signal(plain(List.of()));
        signal(json("{"));
        signal(json("null"));
        signal(json("[".repeat(100_000)));
        signal(json("{\"recipient\":0,\"generation\":0,\"outcome\":0,"
                + "\"seal\":{\"bound\":true,\"id\":\"000000000000000000000000\"}}"));
        signal(Payloads.getDefaultInstance());
        signal(of(Payload.getDefaultInstance()));
        signal(plain(new Decide(0, 0, APPROVE, null, null)).toBuilder()
                .addPayloads(Payload.getDefaultInstance())
                .build());

        assertThatTheNextGenuineAnswerIsTheFirst();
    }

    @Test
    void anAnswerToAnotherRequestDecidesNothing() {
        String other = "decision-" + UUID.randomUUID();
        ask(other);
        runs.decide(other, new Decide(0, 0, APPROVE, null, null));

        signal(of(signalled(other)));

        assertThatTheNextGenuineAnswerIsTheFirst();
    }

    @Test
    void whatWasEncryptedForThisRequestAsSomethingElseDecidesNothing() {
        DecisionWorkflow operated = connection.workflows.newWorkflowStub(DecisionWorkflow.class, id);
        operated.resend(null);
        operated.extend(new DecisionWorkflow.Extension("PT2H", "still"));

        signal(of(answerToAQuery()));
        history(id).stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
                .map(event -> event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                        .getAcceptedRequest()
                        .getInput()
                        .getArgs())
                .forEach(this::signal);
        signal(history(id).get(0).getWorkflowExecutionStartedEventAttributes().getInput());

        assertThatTheNextGenuineAnswerIsTheFirst();
    }

    @Test
    void whatNoKeyOfOursHasMadeDecidesNothing() {
        Payload query = answerToAQuery();
        signal(of(query.toBuilder()
                .putMetadata("encryption-purpose", ByteString.copyFromUtf8("decide"))
                .build()));
        signal(of(query.toBuilder()
                .removeMetadata("encryption-version")
                .putMetadata("encryption-key-id", ByteString.copyFromUtf8("unknown"))
                .build()));
        signal(of(query.toBuilder().setData(ByteString.copyFrom(new byte[5])).build()));
        signal(of(Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted"))
                .build()));

        assertThatTheNextGenuineAnswerIsTheFirst();
    }

    @Test
    void anAnswerUnderAKeyThatThisReplicaIsNotGivenYetWaitsForOneThatHasIt() {
        try (Connection rotated =
                new Connection(TemporalProcess.shared().address(), new KeyRing(List.of(NEXT, FIRST)))) {
            new TemporalDecisionRuns(rotated.workflows).decide(id, new Decide(0, 0, REJECT, null, null));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> history(id).stream()
                            .anyMatch(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED));

            worker.stop();
            TemporalWorker other = rotated.decidingWorker(OUTSIDE);
            try {
                assertThatItWasDecided(REJECT);
            } finally {
                other.stop();
                worker = connection.decidingWorker(OUTSIDE);
            }
        }
    }

    @Test
    void operatorsMayWriteInClear() {
        WorkflowClient.newInstance(stubs())
                .newWorkflowStub(DecisionWorkflow.class, id)
                .withdraw(new Reason("a mistake"));

        await().atMost(Duration.ofSeconds(60)).until(() -> state(id).status() == Status.WITHDRAWN);
    }

    @Test
    void anUpdateThatCannotBeReadIsRefusedInClearAndWithoutWhatWasWritten() {
        for (String update : List.of("withdraw", "extend", "reassign", "resend", "retryCallback")) {
            assertThatThrownBy(() -> WorkflowClient.newInstance(stubs())
                            .newUntypedWorkflowStub(id)
                            .update(update, Void.class, "carol@example.com"))
                    .isInstanceOf(WorkflowUpdateException.class)
                    .cause()
                    .hasMessageContaining("cannot be read")
                    .hasMessageNotContaining("carol");
        }
        assertThat(state(id).hasEnded()).isFalse();
    }

    private void assertThatTheNextGenuineAnswerIsTheFirst() {
        assertThat(state(id).people().get(0).signals()).isZero();
        assertThat(state(id).hasEnded()).isFalse();
        runs.decide(id, new Decide(0, 0, REJECT, null, null));
        assertThatItWasDecided(REJECT);
        assertThat(history(id))
                .extracting(HistoryEvent::getEventType)
                .doesNotContain(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
    }

    private void assertThatItWasDecided(int outcome) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> OUTSIDE.answers.stream()
                        .anyMatch(answer -> id.equals(answer.flow().stateId())
                                && answer.outcome() != null
                                && answer.outcome().id().equals(Integer.toString(outcome))));
    }

    private static DecisionState state(String workflowId) {
        return ((Standing.Told) runs.look(workflowId)).state();
    }

    private void signal(Payloads input) {
        stubs().blockingStub()
                .signalWorkflowExecution(SignalWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                        .setSignalName("decide")
                        .setInput(input)
                        .build());
    }

    private Payload answerToAQuery() {
        return stubs().blockingStub()
                .queryWorkflow(QueryWorkflowRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                        .setQuery(WorkflowQuery.newBuilder().setQueryType("state"))
                        .build())
                .getQueryResult()
                .getPayloads(0);
    }

    private static Payload signalled(String workflowId) {
        return history(workflowId).stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                .findFirst()
                .orElseThrow()
                .getWorkflowExecutionSignaledEventAttributes()
                .getInput()
                .getPayloads(0);
    }

    private static List<HistoryEvent> history(String workflowId) {
        return connection.workflows.fetchHistory(workflowId).getEvents();
    }

    private static WorkflowServiceStubs stubs() {
        return connection.workflows.getWorkflowServiceStubs();
    }

    private static Payloads plain(Object value) {
        return DefaultDataConverter.newDefaultInstance().toPayloads(value).orElseThrow();
    }

    private static Payloads json(String text) {
        return of(Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(text))
                .build());
    }

    private static Payloads of(Payload payload) {
        return Payloads.newBuilder().addPayloads(payload).build();
    }

    private static DecisionRequest request(String state) {
        return Requests.decision("tenant", state, "carol@example.com", null);
    }

    private static Key key(String id, int fill) {
        byte[] bytes = new byte[Key.SIZE];
        Arrays.fill(bytes, (byte) fill);
        return new Key(id, bytes);
    }

    /** Keeps what Flow is told. */
    private static final class Outside extends Taker {
        final Queue<LateAnswer> answers = new ConcurrentLinkedQueue<>();

        @Override
        public Reached callBack(LateAnswer answer) {
            answers.add(answer);
            return super.callBack(answer);
        }
    }
}
