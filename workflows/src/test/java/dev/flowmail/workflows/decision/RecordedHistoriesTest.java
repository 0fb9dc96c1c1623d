package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that were started by a released version must be finished by this one: their histories are replayed.
 *
 * <p>{@link #main} records them anew, for a new release: existing files are never replaced.
 */
class RecordedHistoriesTest {

    private static final Path HISTORIES = Path.of("src/test/resources/histories");

    static Stream<Path> histories() throws IOException {
        try (Stream<Path> files = Files.list(HISTORIES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void theCodeOfTodayTakesTheSameStepsAsTheRecordedRun(Path history) throws Exception {
        WorkflowReplayer.replayWorkflowExecution(history.toFile(), DecisionWorkflowImpl.class);
    }

    @Test
    void everyWayToEndIsRecorded() throws IOException {
        assertThat(histories().map(path -> path.getFileName().toString()))
                .contains(
                        "1.0-decided.json",
                        "1.0-timed-out-after-reminders.json",
                        "1.0-still-waiting.json",
                        "1.0-callback-refused.json");
    }

    public static void main(String[] arguments) {
        Map<String, Requests> requests = Map.of(
                "1.0-decided", new Requests().recipients(2).storedBody(),
                "1.0-timed-out-after-reminders",
                        new Requests().timeout(Duration.ofDays(3), 1).remindEvery(Duration.ofDays(1)),
                "1.0-still-waiting", new Requests().recipients(3).answersNeeded(2, 1),
                "1.0-callback-refused", new Requests());
        requests.forEach(RecordedHistoriesTest::record);
    }

    private static void record(String name, Requests request) {
        Path file = HISTORIES.resolve(name + ".json");
        if (Files.exists(file)) {
            return;
        }
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
            RecordingActivities outside = new RecordingActivities();
            Worker worker = temporal.newWorker(DecisionWorkflow.TASK_QUEUE);
            worker.registerWorkflowImplementationTypes(DecisionWorkflowImpl.class);
            worker.registerActivitiesImplementations(outside);
            temporal.start();
            boolean isRefused = name.contains("refused");
            if (isRefused) {
                outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
            }
            WorkflowClient client = temporal.getWorkflowClient();
            DecisionWorkflow workflow = client.newWorkflowStub(
                    DecisionWorkflow.class,
                    WorkflowOptions.newBuilder()
                            .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                            .setWorkflowId(name)
                            .build());
            WorkflowClient.start(workflow::run, request.build());
            Awaitility.await().until(() -> workflow.state().status() != Status.SENDING);
            if (!name.contains("timed-out")) {
                workflow.decide(new Decide(0, 0, 0, null, null));
            }
            if (isRefused) {
                Awaitility.await().until(() -> workflow.state().callback() == CallbackStatus.FAILED);
                workflow.retryCallback(new Reason("it is open again"));
            }
            if (!name.contains("waiting")) {
                client.newUntypedWorkflowStub(name).getResult(Void.class);
            }
            WorkflowExecutionHistory history = client.fetchHistory(name);
            Files.createDirectories(HISTORIES);
            Files.writeString(file, history.toJson(true));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
