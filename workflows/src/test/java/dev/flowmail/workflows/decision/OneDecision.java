package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.mail.AttachmentActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A worker, what it is given as the outside, and the workflow of one request. Time passes as tests say: the server skips it. */
@Execution(ExecutionMode.CONCURRENT)
abstract class OneDecision {
    final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
    final RecordingActivities outside = new RecordingActivities();
    final DecisionWorkflow workflow;

    OneDecision() {
        workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        DecisionWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                                .setWorkflowId("decision-test")
                                .build());
    }

    @BeforeEach
    void startWorker() {
        register(temporal.newWorker(DecisionWorkflow.TASK_QUEUE));
        temporal.newWorker(AttachmentActivities.TASK_QUEUE)
                .registerActivitiesImplementations((AttachmentActivities) outside.fetched::add);
        temporal.start();
    }

    void register(Worker worker) {
        worker.registerWorkflowImplementationTypes(DecisionWorkflowImpl.class);
        worker.registerActivitiesImplementations(outside);
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    void start(Requests request) {
        WorkflowClient.start(workflow::run, request.build());
    }

    /** Has an answer come before a worker does anything for its request, and what follows done while one works. */
    void answerBeforeTheFirstTask(Requests request, Decide answer, Consumer<DecisionWorkflow> then) {
        try (TestWorkflowEnvironment idle = TestWorkflowEnvironment.newInstance()) {
            register(idle.newWorker(DecisionWorkflow.TASK_QUEUE));
            DecisionWorkflow waiting = idle.getWorkflowClient()
                    .newWorkflowStub(
                            DecisionWorkflow.class,
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                                    .build());
            WorkflowClient.start(waiting::run, request.build());
            waiting.decide(answer);
            idle.start();
            then.accept(waiting);
        }
    }

    void answer(int place, int outcome) {
        awaitSettledMails();
        workflow.decide(Requests.answer(place, outcome));
    }

    void awaitMails(int number) {
        Awaitility.await().until(() -> outside.mails.size() == number);
        awaitSettledMails();
    }

    /** The test server, unlike the real one, cannot cancel an activity that has just completed. */
    void awaitSettledMails() {
        Awaitility.await()
                .until(() ->
                        workflow.state().people().stream().noneMatch(person -> person.mail() == MailStatus.SENDING));
    }

    void awaitState(CallbackStatus status) {
        Awaitility.await().until(() -> workflow.state().callback() == status);
    }

    void awaitEnd() {
        stub().getResult(Void.class);
    }

    WorkflowStub stub() {
        return temporal.getWorkflowClient().newUntypedWorkflowStub("decision-test");
    }

    static void assertRefused(Runnable update, String words) {
        assertThatThrownBy(update::run)
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining(words)
                .hasMessageNotContaining("@example.com");
    }
}
