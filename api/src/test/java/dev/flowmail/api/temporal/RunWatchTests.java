package dev.flowmail.api.temporal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.DecisionRuns;
import dev.flowmail.api.decisions.RememberedRuns;
import dev.flowmail.api.decisions.RunMemories;
import dev.flowmail.api.decisions.Standing;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What pages learn from this process's own worker, on the real server. */
@Tag("programs")
class RunWatchTests {

    private static final Outside OUTSIDE = new Outside();
    private static final AtomicInteger QUESTIONS = new AtomicInteger();

    private static Connection connection;
    private static RememberedRuns runs;
    private static TemporalWorker worker;

    private final String id = id();

    @BeforeAll
    static void startWorker() {
        connection =
                new Connection(TemporalProcess.shared().address(), new KeyRing(List.of(new Key("key", new byte[32]))));
        RunMemories memories = new RunMemories();
        runs = new RememberedRuns(counted(new TemporalDecisionRuns(connection.workflows)), memories, () -> true);
        worker = connection.decidingWorker(OUTSIDE, new RunWatch(memories));
    }

    private static DecisionRuns counted(DecisionRuns all) {
        return new DecisionRuns() {
            @Override
            public Standing look(String workflowId, Duration longest) {
                QUESTIONS.incrementAndGet();
                return all.look(workflowId, longest);
            }

            @Override
            public boolean decide(String workflowId, Decide answer) {
                return all.decide(workflowId, answer);
            }
        };
    }

    @AfterAll
    static void stopWorker() {
        worker.stop();
        connection.close();
    }

    @Test
    void thePagesOfAMailThatHasJustComeNeedNoWorkflowTask() {
        Question question = ask("carol@example.com");
        QUESTIONS.set(0);

        for (int visit = 0; visit < 20; visit++) {
            assertThat(glance(question).hasEnded()).isFalse();
        }

        assertThat(QUESTIONS).hasValue(0);
    }

    @Test
    void whoeverHasAnsweredSeesTheAnswer() {
        Question question = ask("carol@example.com");
        glance(question);

        runs.decide(id, new Decide(question.recipient(), question.generation(), 1, null, null));

        assertThat(glance(question)).satisfies(state -> {
            assertThat(state.status()).isEqualTo(Status.DECIDED);
            assertThat(state.outcome()).isEqualTo(1);
        });
    }

    @Test
    void thePageOfTheDecidingClickNeedsNoWorkflowTask() {
        Question question = ask("carol@example.com");
        QUESTIONS.set(0);

        runs.decide(id, new Decide(question.recipient(), question.generation(), 1, null, null));

        assertThat(runs.lookAfterAnswer(id))
                .isInstanceOfSatisfying(
                        Standing.Told.class,
                        told -> assertThat(told.state()).satisfies(state -> {
                            assertThat(state.status()).isEqualTo(Status.DECIDED);
                            assertThat(state.outcome()).isEqualTo(1);
                            assertThat(state.decidedBy()).isZero();
                        }));
        assertThat(glance(question).status()).isEqualTo(Status.DECIDED);
        assertThat(QUESTIONS).hasValue(0);
    }

    @Test
    void whereFlowRefusesTheEndThePagesSaySoSoon() {
        OUTSIDE.refused.add(id);
        Question question = ask("carol@example.com");
        runs.decide(id, new Decide(question.recipient(), question.generation(), 1, null, null));
        runs.lookAfterAnswer(id);

        await().atMost(Duration.ofSeconds(3)).until(() -> glance(question).callback() == CallbackStatus.FAILED);
    }

    @Test
    void aRunThatFlowHasAskedForEndsWithoutAResultSoThatNobodyNeedsAKeyToWaitForIt() {
        Question question = ask("carol@example.com");

        runs.decide(id, new Decide(question.recipient(), question.generation(), 1, null, null));

        WorkflowClient withoutKey = WorkflowClient.newInstance(connection.workflows.getWorkflowServiceStubs());
        assertThat(withoutKey.newUntypedWorkflowStub(id).getResult(Void.class)).isNull();
        assertThat(withoutKey.fetchHistory(id).getLastEvent().getWorkflowExecutionCompletedEventAttributes())
                .returns(false, end -> end.hasResult());
    }

    @Test
    void anAnswerByAnotherProcessIsSeenWhereItIsWorkedOn() {
        Question question = ask("carol@example.com");
        glance(question);

        new TemporalDecisionRuns(connection.workflows)
                .decide(id, new Decide(question.recipient(), question.generation(), 1, null, null));

        await().atMost(Duration.ofSeconds(3)).until(() -> glance(question).hasEnded());
    }

    @Test
    void whenFlowHearsOfACancellationThePagesDo() {
        Question question = ask("carol@example.com");
        glance(question);

        connection.workflows.newUntypedWorkflowStub(id).cancel();
        await().atMost(Duration.ofSeconds(60)).until(() -> OUTSIDE.told.contains(id));

        assertThat(glance(question).status()).isEqualTo(Status.WITHDRAWN);
    }

    @Test
    void aPlaceThatWentToSomebodyElseIsNotShownAsItWas() {
        Question question = ask("carol@example.com");
        glance(question);

        connection
                .workflows
                .newWorkflowStub(DecisionWorkflow.class, id)
                .reassign(new Reassignment("carol@example.com", "dave@example.com", null));

        assertThat(glance(question).people().get(0).generation()).isEqualTo(1);
    }

    /** Returns once the mail is on its way. */
    private Question ask(String address) {
        connection.dispatcher.ask(id, request(id, address));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> OUTSIDE.questions.stream()
                        .anyMatch(question -> question.workflowId().equals(id)));
        return OUTSIDE.questions.stream()
                .filter(question -> question.workflowId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private DecisionState glance(Question question) {
        Standing standing =
                runs.glance(new DecisionLink(id, question.recipient(), question.generation(), 0, 2, Comments.OFF));
        assertThat(standing).isInstanceOf(Standing.Told.class);
        return ((Standing.Told) standing).state();
    }

    private static String id() {
        byte[] digest = new byte[20];
        ThreadLocalRandom.current().nextBytes(digest);
        return "decision-" + HexFormat.of().formatHex(digest);
    }

    private static DecisionRequest request(String state, String address) {
        return Requests.decision("tenant", state, address, null);
    }

    /** Notes the questions that are mailed, and the ends that Flow is told of. */
    private static final class Outside extends Taker {
        final Queue<Question> questions = new ConcurrentLinkedQueue<>();
        /** Workflow ids of those of whose end Flow was told. */
        final Queue<String> told = new ConcurrentLinkedQueue<>();
        /** Workflow ids of those whose end Flow does not take. */
        final Queue<String> refused = new ConcurrentLinkedQueue<>();

        @Override
        public Delivery sendMail(Mail mail) {
            questions.add(requireNonNull(mail.question()));
            return super.sendMail(mail);
        }

        @Override
        public Reached callBack(LateAnswer answer) {
            told.add(answer.flow().stateId());
            if (refused.contains(answer.flow().stateId())) {
                throw ApplicationFailure.newNonRetryableFailure("Flow answered 404", FLOW_REFUSED);
            }
            return super.callBack(answer);
        }
    }
}
