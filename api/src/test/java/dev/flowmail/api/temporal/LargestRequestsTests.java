package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionWorkflowImpl;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests of which everything is as large as it may be, or by chance a part of that: what the door lets in, a real Temporal
 * takes, in the start and in the one workflow task that schedules all mails; what it does not is told what to shorten. Nobody
 * works on the mails here.
 */
@WireTest
@Tag("programs")
class LargestRequestsTests {
    private static final String WIDE = "長";

    private static Connection connection;
    private static TemporalWorker worker;

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeAll
    static void startWorker() {
        connection = new Connection(
                TemporalProcess.shared().address(), new KeyRing(List.of(new Key("k", new byte[Key.SIZE]))));
        worker = connection.worker(List.of(DecisionWorkflowImpl.class), List.of());
    }

    @AfterAll
    static void stopWorker() {
        worker.stop();
        connection.close();
    }

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @Test
    void aDecisionOfTheLargestIsTaken() {
        assertTaken(decision(new Size(new Random(0), 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aDecisionThatIsLetInIsTaken(long seed) {
        ObjectNode request = decision(new Size(new Random(seed), 0.4));
        Answer answer = Http.post(port, "/api/email/1/actions/email-choices", request);
        if (answer.status() == 200) {
            assertTaken(dispatcher.decision());
        } else {
            assertToldWhatToShorten(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aMailThatIsLetInIsTaken(long seed) {
        ObjectNode request = decision(new Size(new Random(seed), 0.7));
        request.putArray("outcomes");
        for (String copies : List.of("To (CC)", "To (BCC)")) {
            people(request, copies, 100);
        }
        Answer answer = Http.post(port, "/api/email/1/actions/email", request);
        if (answer.status() == 200) {
            assertThat(connection.dispatcher.send(dispatcher.mail(), new Origin("tenant", "state")))
                    .isEqualTo(Accepted.STARTED);
        } else {
            assertToldWhatToShorten(answer);
        }
    }

    /** Each value within its own limit, and all of them more than Temporal takes. */
    @Test
    void whatIsTooMuchTogetherIsToldSo() {
        ObjectNode request = decision(new Size(new Random(0), 1));
        value(request, "configurationValues", "Password", "x".repeat(5_500));
        Answer answer = Http.post(port, "/api/email/1/actions/email-choices", request);

        assertThat(answer.status()).isEqualTo(400);
        assertToldWhatToShorten(answer);
        assertThat(dispatcher.decisions()).isEmpty();
    }

    private void assertTaken(ObjectNode request) {
        Answer answer = Http.post(port, "/api/email/1/actions/email-choices", request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertTaken(dispatcher.decision());
    }

    private static void assertTaken(DecisionRequest request) {
        String id = "decision-" + UUID.randomUUID();
        connection.dispatcher.ask(id, request);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(scheduled(id))
                        .as(() -> "%s".formatted(status(id)))
                        .isGreaterThanOrEqualTo(request.recipients().size()));
        assertThat(status(id)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        connection.workflows.newUntypedWorkflowStub(id).terminate("test");
    }

    private static WorkflowExecutionStatus status(String id) {
        return connection.workflows.newUntypedWorkflowStub(id).describe().getStatus();
    }

    private static long scheduled(String id) {
        return connection.workflows.fetchHistory(id).getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .count();
    }

    private static void assertToldWhatToShorten(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(400, 413);
        assertThat(answer.message())
                .containsPattern("shorten|at most|more than")
                .doesNotContain(WIDE + WIDE);
    }

    /**
     * How large a part is: by a chance as large as it may be, else anything up to that.
     *
     * @param full the chance
     */
    private record Size(Random random, double full) {
        int of(int most) {
            return random.nextDouble() < full ? most : random.nextInt(most + 1);
        }
    }

    private static ObjectNode decision(Size size) {
        ObjectNode request = Http.sample("email-choices-request.json");
        request.put("token", UUID.randomUUID().toString());
        people(request, "To", Math.max(1, size.of(100)));
        value(request, "inputs", "Subject", WIDE.repeat(size.of(2_000)));
        value(request, "inputs", "Body", WIDE.repeat(size.of(30_000)));
        value(request, "inputs", "HTML Body", "<p>" + WIDE.repeat(size.of(30_000)));
        value(request, "configurationValues", "Password", "x".repeat(1 + size.of(3_000)));
        ArrayNode files = object(request, "Attachments").putArray("objectData");
        for (int file = size.of(50); file > 0; file--) {
            ArrayNode properties =
                    files.addObject().put("developerName", "$File").putArray("properties");
            property(properties, "Name", WIDE.repeat(1 + size.of(250)) + file);
            property(properties, "Download Uri", "https://files.example/" + "x".repeat(1 + size.of(4_000)) + file);
        }
        ArrayNode outcomes = request.putArray("outcomes");
        for (int outcome = Math.max(1, size.of(50)); outcome > 0; outcome--) {
            String name = WIDE.repeat(size.of(490)) + outcome;
            outcomes.addObject()
                    .put("id", UUID.randomUUID().toString())
                    .put("developerName", name)
                    .put("label", name);
        }
        return request;
    }

    private static void people(ObjectNode request, String input, int number) {
        ArrayNode contacts = object(request, input).putArray("objectData");
        for (int person = 0; person < number; person++) {
            ArrayNode properties =
                    contacts.addObject().put("developerName", "Contact").putArray("properties");
            property(properties, "Email", "p" + person + "@" + ("d".repeat(60) + ".").repeat(3) + "example");
            property(properties, "Name", WIDE.repeat(190) + person);
        }
    }

    private static void property(ArrayNode properties, String name, String value) {
        properties.addObject().put("developerName", name).put("contentValue", value);
    }

    private static void value(ObjectNode request, String list, String name, String value) {
        named(request, list, name).put("contentValue", value);
    }

    private static ObjectNode object(ObjectNode request, String input) {
        return named(request, "inputs", input);
    }

    private static ObjectNode named(ObjectNode request, String list, String name) {
        ArrayNode values = (ArrayNode) request.get(list);
        for (var value : values) {
            if (value.path("developerName").asString().equals(name)) {
                return (ObjectNode) value;
            }
        }
        return values.addObject().put("developerName", name);
    }
}
