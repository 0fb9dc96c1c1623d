package dev.flowmail.workflows.decision;

import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that were started by a released version must be finished by this one: their histories are replayed. These are the
 * first four, as Temporal's in-memory server kept them; what packaged programs leave is recorded and replayed in {@code api}.
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
}
