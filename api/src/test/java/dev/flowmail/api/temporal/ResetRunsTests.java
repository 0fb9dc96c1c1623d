package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.decisions.Standing;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.workflows.decision.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What recipients are told of a request that an operator resets at the same moment, on the real server. */
@Tag("programs")
class ResetRunsTests {
    private static final int RESETS = 20;
    private static final int VISITORS = 4;

    private final String id = "decision-" + UUID.randomUUID();

    @Test
    void nobodyIsToldThatAResetRequestHasEnded() throws Exception {
        KeyRing keys = new KeyRing(List.of(new Key("key", new byte[Key.SIZE])));
        ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
        try (Connection connection = new Connection(TemporalProcess.shared().address(), keys)) {
            TemporalDecisionRuns runs = new TemporalDecisionRuns(connection.workflows);
            TemporalWorker worker = connection.decidingWorker(new Taker());
            try {
                connection.dispatcher.ask(id, Requests.decision("tenant", "state", "carol@example.com", null));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> runs.look(id) instanceof Standing.Told told
                                && told.state().status() == Status.WAITING);
                for (int reset = 0; reset < RESETS; reset++) {
                    AtomicBoolean isOver = new AtomicBoolean();
                    Callable<Set<Class<?>>> visitor = () -> {
                        Set<Class<?>> seen = new HashSet<>();
                        while (!isOver.get()) {
                            seen.add(runs.look(id).getClass());
                        }
                        return seen;
                    };
                    List<Future<Set<Class<?>>>> visits = Stream.generate(() -> visitors.submit(visitor))
                            .limit(VISITORS)
                            .toList();
                    resetToFirstTask(connection);
                    isOver.set(true);
                    for (Future<Set<Class<?>>> visit : visits) {
                        assertThat(visit.get())
                                .as("told how it stands, or that it cannot be told in time")
                                .isSubsetOf(Standing.Told.class, Standing.Unanswered.class);
                    }
                }
            } finally {
                worker.stop();
            }
        } finally {
            visitors.shutdownNow();
        }
    }

    private void resetToFirstTask(Connection connection) {
        long task = await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> firstCompletedTask(connection), OptionalLong::isPresent)
                .getAsLong();
        var ignored = connection
                .workflows
                .getWorkflowServiceStubs()
                .blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                        .setReason("asked anew")
                        .setRequestId(UUID.randomUUID().toString())
                        .setWorkflowTaskFinishEventId(task)
                        .build());
    }

    private OptionalLong firstCompletedTask(Connection connection) {
        return connection.workflows.fetchHistory(id).getEvents().stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .mapToLong(HistoryEvent::getEventId)
                .findFirst();
    }
}
