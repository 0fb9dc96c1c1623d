package dev.flowmail.api.temporal;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.flowmail.api.FlowmailProcess;
import dev.flowmail.servers.Command;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real program with the real server. */
@Tag("programs")
@Execution(ExecutionMode.CONCURRENT)
class EmbeddedTemporalTests {

    @TempDir
    private Path directory;

    @Test
    void aKilledFlowmailFindsItsOrphanAndItsRequests() {
        try (FlowmailProcess flowmail = start(Map.of()).awaitReady()) {
            withClient(flowmail, EmbeddedTemporalTests::begin);
            ProcessHandle orphan = flowmail.temporal();

            flowmail.kill();
            assertThat(orphan.isAlive()).isTrue();
            flowmail.startAgain().awaitReady();

            assertThat(orphan.isAlive()).isFalse();
            assertThat(flowmail.temporal()).isNotEqualTo(orphan);
            assertThat(withClient(flowmail, EmbeddedTemporalTests::isKept)).isTrue();
            assertThat(withClient(flowmail, EmbeddedTemporalTests::retention)).isEqualTo(Duration.ofDays(30));
        }
    }

    @Test
    void aCopyThatWasMadeWhileItRanServesAnotherFlowmail() throws Exception {
        Path copy = directory.resolve("restored/data");
        Files.createDirectories(directory.resolve("restored"));
        try (FlowmailProcess flowmail = start(Map.of()).awaitReady()) {
            withClient(flowmail, EmbeddedTemporalTests::begin);
            Files.createDirectories(directory.resolve("data/uploads/of one"));
            Files.writeString(directory.resolve("data/uploads/of one/file"), "encrypted");

            Command backup = new Command(
                    "bash", "../deploy/backup.sh", directory.resolve("data").toString(), copy.toString());
            assertThat(backup.run().said()).isEqualTo(copy + "\n");
        }
        try (FlowmailProcess restored = new FlowmailProcess(copy, Map.of()).awaitReady()) {
            assertThat(withClient(restored, EmbeddedTemporalTests::isKept)).isTrue();
            for (String file : List.of("keys/links", "keys/payloads", "keys/receipts", "uploads/of one/file")) {
                assertThat(copy.resolve(file))
                        .hasSameBinaryContentAs(directory.resolve("data").resolve(file));
            }
        }
    }

    @Test
    void terminationLeavesNothingBehindAndTheDatabaseServesTheNextStart() {
        try (FlowmailProcess flowmail = start(Map.of()).awaitReady()) {
            ProcessHandle server = flowmail.temporal();
            String output = flowmail.output();

            flowmail.terminate();

            assertThat(server.isAlive()).isFalse();
            assertThat(flowmail.output()).doesNotContain("memory leak");
            assertThat(directory.resolve("data/temporal.pid")).doesNotExist();
            assertThat(directory.resolve("data/temporal.db"))
                    .isNotEmptyFile()
                    .satisfies(EmbeddedTemporalTests::isClosedToOthers);
            assertThat(output)
                    .contains(flowmail.url() + "/api/email/1")
                    .contains(flowmail.temporalAddress())
                    .contains(directory.resolve("data").toAbsolutePath().toString());
        }
    }

    @Test
    void aServerThatEndsByItselfIsStartedAgain() {
        try (FlowmailProcess flowmail = start(Map.of()).awaitReady()) {
            ProcessHandle server = flowmail.temporal();

            server.destroyForcibly();

            await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !flowmail.temporal().equals(server)
                            && flowmail.temporal().isAlive());
            flowmail.awaitReady();
            assertThat(flowmail.get("/actuator/health/liveness")).isEqualTo(200);
        }
    }

    @Test
    void aForeignProcessWithTheRecordedIdIsLeftAlone() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(data.resolve("temporal.pid"), stranger.pid() + " 1000000000000");
            ServerProcess.endRecorded(data.resolve("temporal.pid"));

            assertThat(stranger.isAlive()).isTrue();
            assertThat(data.resolve("temporal.pid")).doesNotExist();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aDirectoryOfAnotherVersionStopsTheStartWithTheRemedy() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("temporal.db"), "");
        Files.writeString(data.resolve("temporal.version"), "1.8.0");

        try (FlowmailProcess flowmail = start(Map.of())) {
            assertThat(flowmail.exitCode()).isEqualTo(1);
            assertOneMessage(
                    flowmail.output(),
                    "FLOWMAIL_DATA_DIRECTORY",
                    "1.8.0",
                    "TEMPORAL_CLI",
                    "./flowmail serve",
                    "temporal.db*");
        }
    }

    @Test
    void aTakenPortStopsTheStartAndNamesItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FlowmailProcess flowmail =
                        start(Map.of("FLOWMAIL_TEMPORAL_UI_PORT", String.valueOf(taken.getLocalPort())))) {
            assertThat(flowmail.exitCode()).isEqualTo(1);
            assertOneMessage(
                    flowmail.output(), "FLOWMAIL_TEMPORAL_UI_PORT", String.valueOf(taken.getLocalPort()), "is taken");
        }
    }

    @Test
    void aTakenWebPortStopsTheStartAndLeavesNoServerBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FlowmailProcess flowmail = start(Map.of("SERVER_PORT", String.valueOf(taken.getLocalPort())))) {
            assertThat(flowmail.exitCode()).isEqualTo(1);
            assertOneMessage(flowmail.output(), "SERVER_PORT", String.valueOf(taken.getLocalPort()));
            assertThat(directory.resolve("data/temporal.pid")).doesNotExist();
        }
    }

    @Test
    void aMissingCliStopsTheStartAndSaysHowToGetIt() {
        try (FlowmailProcess flowmail = start(Map.of("TEMPORAL_CLI", "/nowhere/temporal"))) {
            assertThat(flowmail.exitCode()).isEqualTo(1);
            assertOneMessage(flowmail.output(), "TEMPORAL_CLI", "/nowhere/temporal", "./flowmail serve");
        }
    }

    @Test
    void aSecondFlowmailOnTheSameDirectoryIsTurnedAway() {
        try (FlowmailProcess first = start(Map.of()).awaitReady();
                FlowmailProcess second = new FlowmailProcess(directory.resolve("data"), Map.of())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertOneMessage(second.output(), "FLOWMAIL_DATA_DIRECTORY", "in use");
            assertThat(first.get("/actuator/health/readiness")).isEqualTo(200);
        }
    }

    @Test
    void anUnknownSettingStopsTheStart() {
        try (FlowmailProcess flowmail = start(Map.of("FLOWMAIL_DECISION_TIMOUT", "P1D"))) {
            assertThat(flowmail.exitCode()).isEqualTo(1);
            assertOneMessage(flowmail.output(), "FLOWMAIL_DECISION_TIMOUT", "FLOWMAIL_DECISION_TIMEOUT");
            assertThat(flowmail.output().lines()).hasSize(1);
        }
    }

    private static void assertOneMessage(String output, String... words) {
        assertThat(output).doesNotContain("\tat ", "WARN", "***");
        assertThat(output.lines().filter(line -> line.startsWith("flowmail: ")))
                .singleElement()
                .asString()
                .contains(words);
    }

    private FlowmailProcess start(Map<String, String> settings) {
        return new FlowmailProcess(directory.resolve("data"), settings);
    }

    private static void isClosedToOthers(Path file) throws IOException {
        assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    }

    private static WorkflowClient begin(WorkflowClient client) {
        client.newUntypedWorkflowStub(
                        "SomeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("kept")
                                .setTaskQueue("nobody")
                                .build())
                .start();
        return client;
    }

    private static boolean isKept(WorkflowClient client) {
        return client.newUntypedWorkflowStub("kept")
                .describe()
                .getExecution()
                .getWorkflowId()
                .equals("kept");
    }

    private static Duration retention(WorkflowClient client) {
        return Duration.ofSeconds(Durations.toSeconds(client.getWorkflowServiceStubs()
                .blockingStub()
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace("default")
                        .build())
                .getConfig()
                .getWorkflowExecutionRetentionTtl()));
    }

    private static <T> T withClient(FlowmailProcess flowmail, Function<WorkflowClient, T> use) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(flowmail.temporalAddress())
                .build());
        try {
            return use.apply(WorkflowClient.newInstance(stubs, WorkflowClientOptions.getDefaultInstance()));
        } finally {
            stubs.shutdownNow();
        }
    }
}
