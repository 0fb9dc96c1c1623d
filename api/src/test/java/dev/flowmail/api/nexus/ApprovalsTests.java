package dev.flowmail.api.nexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.FlowmailProcess;
import dev.flowmail.api.codec.PayloadJson;
import dev.flowmail.api.drain.Drain;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import io.nexusrpc.handler.HandlerException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.NexusServiceOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A workflow that knows the service's names only, with Temporal's own converter, asks the whole program. */
@Tag("programs")
class ApprovalsTests {

    private static final byte[] KEY = new byte[Key.SIZE];
    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/decide/[\\w-]+)");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TASK_QUEUE = "callers";

    @TempDir
    private static Path directory;

    private static GreenMail mails;
    private static FlowmailProcess flowmail;
    private static WorkflowClient callers;
    private static WorkflowClient flowmails;
    private static WorkerFactory workers;

    /** Asks, and ends with the result as it came. */
    @WorkflowInterface
    public interface Asking {
        @WorkflowMethod
        Map<?, ?> ask(String operation, Map<String, Object> request);
    }

    public static final class AskingByNames implements Asking {
        @Override
        public Map<?, ?> ask(String operation, Map<String, Object> request) {
            return Workflow.newUntypedNexusServiceStub(
                            "Approvals",
                            NexusServiceOptions.newBuilder()
                                    .setEndpoint("flowmail")
                                    .build())
                    .execute(operation, Map.class, request);
        }
    }

    @BeforeAll
    static void start() {
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        String key = "k:" + Base64.getEncoder().encodeToString(KEY);
        flowmail = new FlowmailProcess(
                        directory.resolve("data"),
                        Map.of(
                                "FLOWMAIL_NEXUS_ENDPOINT",
                                "flowmail",
                                "FLOWMAIL_KEYS_LINKS",
                                key,
                                "FLOWMAIL_KEYS_PAYLOADS",
                                key,
                                "SPRING_MAIL_HOST",
                                "127.0.0.1",
                                "SPRING_MAIL_PORT",
                                String.valueOf(mails.getSmtp().getPort())))
                .awaitReady();
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(flowmail.temporalAddress())
                .build());
        callers = WorkflowClient.newInstance(stubs);
        flowmails = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.encrypted(new KeyRing(List.of(new Key("k", KEY)))))
                        .build());
        workers = WorkerFactory.newInstance(callers);
        workers.newWorker(TASK_QUEUE).registerWorkflowImplementationTypes(AskingByNames.class);
        workers.start();
    }

    @AfterAll
    static void stop() {
        workers.shutdownNow();
        callers.getWorkflowServiceStubs().shutdownNow();
        flowmail.close();
        mails.stop();
    }

    @Test
    void whatPeopleDecideIsTheOperationsResult() throws Exception {
        WorkflowStub asking = ask(Map.of(
                "to", List.of("Anna <anna.decides@example.com>", "ANNA.decides@example.com", "ben.decides@example.com"),
                "answersNeeded", 2,
                "comments", "optional",
                "tenant", "purchasing",
                "text", "Planted body"));

        decide("ben.decides@example.com", 0, "Planted comment");
        decide("anna.decides@example.com", 0, "");

        JsonNode result = result(asking);
        assertThat(result.propertyNames())
                .containsExactlyInAnyOrder("status", "outcome", "decidedBy", "decidedAt", "answers");
        assertThat(result.path("status").asString()).isEqualTo("Decided");
        assertThat(result.path("outcome").asString()).isEqualTo("approve");
        assertThat(result.path("decidedBy").intValue()).isZero();
        assertThat(result.path("answers").values())
                .extracting(
                        answer -> answer.path("recipient").intValue(),
                        answer -> answer.path("outcome").asString())
                .containsExactly(tuple(1, "approve"), tuple(0, "approve"));
        assertThat(Instant.parse(result.path("decidedAt").asString()))
                .isAfterOrEqualTo(Instant.parse(
                        result.path("answers").path(1).path("answeredAt").asString()));
        String run = onlyRun("purchasing");
        assertThat(history(run))
                .contains("FlowmailTenant", "\\\"Decided\\\"")
                .doesNotContain("CallBack")
                .doesNotContainIgnoringCase("anna.decides")
                .doesNotContainIgnoringCase("ben.decides")
                .doesNotContain("Planted", "boss@example.com");
        assertThat(state(run)).satisfies(state -> {
            assertThat(state.callback()).isEqualTo(CallbackStatus.REACHED);
            assertThat(state.receipt()).isNotNull();
        });
        assertThat(flowmail.output())
                .doesNotContainIgnoringCase("decides@example.com")
                .doesNotContain("Planted");
    }

    @Test
    void whenTimeIsUpTheTimeoutOutcomeHolds() {
        WorkflowStub asking =
                ask(Map.of("to", List.of("late@example.com"), "timeout", "PT1S", "timeoutOutcome", "reject"));

        JsonNode result = result(asking);
        assertThat(result.path("status").asString()).isEqualTo("TimedOut");
        assertThat(result.path("outcome").asString()).isEqualTo("reject");
        assertThat(result.path("decidedBy").isNull()).isTrue();
        assertThat(result.path("answers").isEmpty()).isTrue();
        assertThat(get("/actuator/prometheus").body().lines())
                .contains("flowmail_decisions_total{ending=\"timed_out\"} 1.0")
                .contains("flowmail_callbacks_total{result=\"taken\"} 0.0");
    }

    @Test
    void anOperatorsWithdrawalIsAResultToo() throws Exception {
        WorkflowStub asking = ask(Map.of("to", List.of("carol@example.com"), "tenant", "withdrawn"));
        mail("carol@example.com");
        DecisionWorkflow run = flowmails.newWorkflowStub(DecisionWorkflow.class, onlyRun("withdrawn"));

        WorkflowUpdateException refused =
                catchThrowableOfType(WorkflowUpdateException.class, () -> run.retryCallback(new Reason(null)));
        run.withdraw(new Reason("Planted reason"));

        assertThat(refused)
                .hasRootCauseMessage(
                        "message='Flow has not refused an answer; there is nothing to retry.', type='Refused',"
                                + " nonRetryable=true");
        JsonNode result = result(asking);
        assertThat(result.path("status").asString()).isEqualTo("Withdrawn");
        assertThat(result.path("outcome").isNull()).isTrue();
    }

    @Test
    void aHeldDecisionIsTheResultOnceItIsReleased() throws Exception {
        WorkflowStub asking = ask(Map.of("to", List.of("gus@example.com"), "hold", "1 hour", "tenant", "held"));

        decide("gus@example.com", 1, "");
        flowmails.newWorkflowStub(DecisionWorkflow.class, onlyRun("held")).release(new Reason(null));

        assertThat(result(asking).path("outcome").asString()).isEqualTo("reject");
    }

    @Test
    void cancellingTheOperationWithdrawsTheRequest() throws Exception {
        WorkflowStub asking = ask(Map.of("to", List.of("dora@example.com"), "tenant", "cancelled"));
        String link = link("dora@example.com", 0);
        assertThat(get(link).status()).isEqualTo(200);

        asking.cancel();

        WorkflowFailedException failed =
                catchThrowableOfType(WorkflowFailedException.class, () -> asking.getResult(Map.class));
        assertThat(failed).hasRootCauseInstanceOf(CanceledFailure.class);
        String run = onlyRun("cancelled");
        assertThat(flowmails.newUntypedWorkflowStub(run).describe().getStatus())
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(get(link).status()).isEqualTo(410);
    }

    @Test
    void aWrongRequestFailsAtOnceWithTheSentenceThatFlowGets() {
        assertThat(refusal(Map.of("to", List.of("not an address"))))
                .isEqualTo("To, contact 1: \"not an address\" is not an email address.");
        assertThat(refusal(Map.of("timeout", "soon"))).startsWith("Timeout must be ");
        assertThat(refusal(Map.of("timoutOutcome", "reject")))
                .isEqualTo("timoutOutcome is not a field of the request: correct its name, or leave it out.");
        assertThat(refusal(Map.of("outcomes", List.of(Map.of("label", "Yes")))))
                .isEqualTo("outcomes, outcome 1 has no name.");
        assertThat(refusal(Map.of("outcomes", List.of())))
                .isEqualTo("outcomes names none that people could choose: enter at least one.");
        assertThat(refusal(Map.of("to", "emma@example.com"))).startsWith("The request cannot be read");
        assertThat(flowmail.output()).doesNotContain("not an address").doesNotContain("emma@");
    }

    @Test
    void equalRequestsOfOneKeyAreOne() throws Exception {
        Map<String, Object> request = Map.of("to", List.of("erik@example.com"), "key", "invoice 17");
        WorkflowStub first = ask(request);
        mail("erik@example.com");
        WorkflowStub second = ask(request);
        WorkflowStub another = ask(Map.of("to", List.of("fay@example.com"), "key", "invoice 17"));
        mail("fay@example.com");
        another.cancel();
        awaitStarted(second);

        decide("erik@example.com", 1, "");

        assertThat(result(first)).isEqualTo(result(second));
        assertThat(result(first).path("outcome").asString()).isEqualTo("reject");
        assertThat(result(ask(request))).as("asked once it has ended").isEqualTo(result(first));
        assertThat(mails.getReceivedMessagesForDomain("erik@example.com")).hasSize(1);
    }

    @Test
    void aRequestWhileFlowmailIsDrainedIsTakenOnceThatIsOver() throws Exception {
        Drain drain = new Drain(directory.resolve("data"));
        drain.begin();
        WorkflowStub asking = ask(Map.of("to", List.of("hal@example.com")));
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lastFailure(asking))
                            .contains("takes no new requests at the moment", "try again later"));
            assertThat(mails.getReceivedMessagesForDomain("hal@example.com")).isEmpty();
        } finally {
            assertThat(drain.end()).isTrue();
        }

        decide("hal@example.com", 0, "");

        assertThat(result(asking).path("outcome").asString()).isEqualTo("approve");
    }

    private static WorkflowStub ask(Map<String, ?> fields) {
        Map<String, Object> request = new LinkedHashMap<>(Map.of(
                "from", "boss@example.com",
                "to", List.of("anna@example.com"),
                "subject", "Planted subject",
                "confirmation", "button",
                "outcomes",
                        List.of(
                                Map.of("name", "approve", "label", "Approve"),
                                Map.of("name", "reject", "label", "Reject", "type", "btn-danger"))));
        request.putAll(fields);
        WorkflowStub asking = callers.newUntypedWorkflowStub(
                "Asking",
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TASK_QUEUE)
                        .setWorkflowExecutionTimeout(PATIENCE)
                        .build());
        WorkflowExecution ignored = asking.start("requestDecision", request);
        return asking;
    }

    private static JsonNode result(WorkflowStub asking) {
        return new JsonMapper().valueToTree(asking.getResult(Map.class));
    }

    /** The sentence by which it is refused for good. */
    private static String refusal(Map<String, ?> fields) {
        WorkflowFailedException failed = catchThrowableOfType(WorkflowFailedException.class, () -> result(ask(fields)));
        assertThat(failed).cause().cause().isInstanceOfSatisfying(HandlerException.class, refused -> {
            assertThat(refused.getErrorType()).isEqualTo(HandlerException.ErrorType.BAD_REQUEST);
            assertThat(refused.isRetryable()).isFalse();
        });
        return ((ApplicationFailure) Throwables.getRootCause(failed)).getOriginalMessage();
    }

    /** Why the operation has not started yet, as its workflow is shown it. */
    private static String lastFailure(WorkflowStub asking) {
        return callers
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(asking.getExecution())
                        .build())
                .getPendingNexusOperationsList()
                .stream()
                .map(operation -> operation.getLastAttemptFailure().toString())
                .collect(Collectors.joining());
    }

    /** Flowmail has joined the operation to a run. */
    private static void awaitStarted(WorkflowStub asking) {
        await().atMost(PATIENCE)
                .until(() -> callers.fetchHistory(asking.getExecution().getWorkflowId()).getEvents().stream()
                        .anyMatch(event -> event.hasNexusOperationStartedEventAttributes()));
    }

    private static String onlyRun(String tenant) {
        await().atMost(PATIENCE)
                .until(() -> flowmails
                                .listExecutions("FlowmailTenant = '" + tenant + "'")
                                .count()
                        == 1);
        return flowmails
                .listExecutions("FlowmailTenant = '" + tenant + "'")
                .map(run -> run.getExecution().getWorkflowId())
                .findFirst()
                .orElseThrow();
    }

    /** As whoever has no key reads it. */
    private static String history(String workflowId) {
        await().atMost(PATIENCE)
                .until(() ->
                        flowmails.newUntypedWorkflowStub(workflowId).describe().getStatus()
                                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
        return callers.fetchHistory(workflowId).getHistory().toString();
    }

    private static DecisionState state(String workflowId) {
        return flowmails.newWorkflowStub(DecisionWorkflow.class, workflowId).state();
    }

    private static void decide(String address, int outcome, String comment) throws Exception {
        Answer answer = Http.exchange(
                port(),
                "POST",
                link(address, outcome),
                BodyPublishers.ofString("comment=" + URLEncoder.encode(comment, StandardCharsets.UTF_8)),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Answer get(String path) {
        return Http.get(port(), path);
    }

    private static int port() {
        return URI.create(flowmail.url()).getPort();
    }

    private static Part mail(String address) {
        await().atMost(PATIENCE).until(() -> mails.getReceivedMessagesForDomain(address).length > 0);
        return mails.getReceivedMessagesForDomain(address)[0];
    }

    /** The decision page of an outcome that a mail links, as path. */
    private static String link(String address, int outcome) throws IOException, MessagingException {
        Matcher link = LINK.matcher(text(mail(address)));
        for (int place = 0; place <= outcome; place++) {
            assertThat(link.find()).isTrue();
        }
        return link.group(1);
    }

    private static String text(Part mail) throws IOException, MessagingException {
        return mail.getContent() instanceof Multipart parts
                ? text(parts.getBodyPart(0))
                : mail.getContent().toString();
    }
}
