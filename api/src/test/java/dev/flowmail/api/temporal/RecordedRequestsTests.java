package dev.flowmail.api.temporal;

import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.codec.PayloadJson;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.DecisionWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that a release has begun must be finished by this one: what the packaged program of each left in Temporal is
 * replayed, encrypted as it is. {@code RecordHistoriesIT} records them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedRequestsTests {
    private static final Path HISTORIES = Path.of("src", "test", "resources", "histories");

    private static final KeyRing KEYS = KeyRing.parse("kept:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.encrypted(KEYS))
                            .build())
                    .build());
    // a busy machine loads classes for more than the second after which a thread is taken for stuck
    private final Worker worker = temporal.newWorker(
            DecisionWorkflow.TASK_QUEUE,
            WorkerOptions.newBuilder()
                    .setDefaultDeadlockDetectionTimeout(Duration.ofMinutes(1).toMillis())
                    .build());

    RecordedRequestsTests() {
        worker.registerWorkflowImplementationTypes(DecisionWorkflowImpl.class);
    }

    @AfterAll
    void close() {
        temporal.close();
    }

    static Stream<Path> histories() throws IOException {
        try (Stream<Path> files = Files.walk(HISTORIES)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    static Stream<Path> releases() throws IOException {
        try (Stream<Path> files = Files.list(HISTORIES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void theCodeOfTodayTakesTheSameStepsAsTheRecordedRun(Path history) throws Exception {
        WorkflowReplayer.replayWorkflowExecution(RecordedHistory.read(history).whole(), worker);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyWayToEndIsRecorded(Path release) throws IOException {
        List<RecordedHistory> recorded = recorded(release);

        assertThat(recorded.stream().flatMap(history -> history.statuses().stream()))
                .contains("Waiting", "Decided", "TimedOut", "NoAgreement", "Withdrawn", "MailFailed", "CallbackFailed");
        assertThat(recorded.stream().map(RecordedHistory::last))
                .contains(
                        EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
                        EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
                        EVENT_TYPE_WORKFLOW_EXECUTION_FAILED);
        assertThat(recorded)
                .as("a refused callback that was taken in the end")
                .anyMatch(history -> history.statuses().contains("CallbackFailed")
                        && history.last() == EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
        assertThat(recorded)
                .as("a request that asks nobody has no status in the end")
                .anyMatch(history -> history.upserted().contains(RecordedHistory.STATUS)
                        && history.statuses().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyUpdateIsRecorded(Path release) throws IOException {
        List<RecordedHistory> recorded = recorded(release);

        assertThat(recorded.stream().flatMap(history -> history.updates().stream()))
                .contains("withdraw", "extend", "reassign", "resend", "retryCallback");
        assertThat(recorded.stream().flatMap(history -> history.upserted().stream()))
                .contains(RecordedHistory.DEADLINE);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void remindersStoredContentAndAMailThatIsGivenUpAreRecorded(Path release) throws IOException {
        List<RecordedHistory> recorded = recorded(release);

        assertThat(recorded.stream().flatMap(history -> history.activities().stream()))
                .contains("SendMail", "CallBack", "ForgetAttachments");
        assertThat(recorded)
                .as("reminded")
                .anyMatch(history -> history.statuses().contains("TimedOut")
                        && Collections.frequency(history.activities(), "SendMail") > 1);
        assertThat(recorded).anyMatch(history -> history.has(EVENT_TYPE_ACTIVITY_TASK_CANCELED));
        assertThat(recorded).as("reset").anyMatch(history -> history.has(EVENT_TYPE_WORKFLOW_TASK_FAILED));
    }

    private static List<RecordedHistory> recorded(Path release) throws IOException {
        return histories()
                .filter(file -> file.startsWith(release))
                .map(RecordedHistory::read)
                .toList();
    }
}
