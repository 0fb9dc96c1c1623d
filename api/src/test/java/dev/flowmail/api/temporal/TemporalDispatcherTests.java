package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.api.decisions.Standing;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.SmtpServer;
import io.temporal.api.enums.v1.ActivityExecutionStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.PauseWorkflowExecutionRequest;
import io.temporal.client.ActivityExecutionDescription;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("programs")
class TemporalDispatcherTests {

    private static final Origin ORIGIN = new Origin("tenant-1", "state-1");

    private static final KeyRing KEYS = new KeyRing(List.of(new Key("k", new byte[Key.SIZE])));
    private static final FakeMailServer MAILS = new FakeMailServer();

    private static Connection connection;
    private static TemporalWorker worker;

    private final String id = "send-" + UUID.randomUUID();

    @BeforeAll
    static void startWorker() {
        connection = new Connection(TemporalProcess.shared().address(), KEYS);
        worker = connection.worker(List.of(), List.of(MAILS));
    }

    @AfterAll
    static void stopWorker() {
        worker.stop();
        connection.close();
    }

    @Test
    void aMailIsSentOnceHoweverOftenItIsHandedOver() {
        assertThat(connection.dispatcher.send(mail("ok"), ORIGIN)).isEqualTo(Accepted.STARTED);
        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);

        assertThat(connection.dispatcher.send(mail("ok"), ORIGIN)).isEqualTo(Accepted.ENDED);
        assertThat(MAILS.attempts(id)).isEqualTo(1);
    }

    @Test
    void aMailThatIsOnItsWayIsNotStartedAgain() {
        MAILS.hold();
        try {
            assertThat(connection.dispatcher.send(mail("slow"), ORIGIN)).isEqualTo(Accepted.STARTED);
            assertThat(connection.dispatcher.send(mail("slow"), ORIGIN)).isEqualTo(Accepted.RUNNING);
        } finally {
            MAILS.release();
        }
        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
        assertThat(MAILS.attempts(id)).isEqualTo(1);
    }

    @Test
    void aSendIsOpenWhileItRunsAndAnUnknownOneIsNot() {
        TemporalOpenRequests requests = new TemporalOpenRequests(connection.workflows, connection.activities);
        assertThat(requests.isOpen(id)).isFalse();
        MAILS.hold();
        try {
            connection.dispatcher.send(mail("slow"), ORIGIN);
            assertThat(requests.isOpen(id)).isTrue();
        } finally {
            MAILS.release();
        }
        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
        assertThat(requests.isOpen(id)).isFalse();
    }

    @Test
    void aDecisionIsOpenUntilItHasEnded() {
        TemporalOpenRequests requests = new TemporalOpenRequests(connection.workflows, connection.activities);
        String decision = "decision-" + UUID.randomUUID();
        assertThat(requests.isOpen(decision)).isFalse();
        connection.dispatcher.ask(decision, request("tenant-1", "state-1"));
        assertThat(requests.isOpen(decision)).isTrue();
        connection.workflows.newUntypedWorkflowStub(decision).terminate("test");
        assertThat(requests.isOpen(decision)).isFalse();
    }

    @Test
    void aDecisionThatIsPausedIsStillOpenAndNobodyIsToldOtherwise() {
        String decision = "decision-" + UUID.randomUUID();
        connection.dispatcher.ask(decision, request("tenant-1", "state-1"));
        var ignored = connection
                .workflows
                .getWorkflowServiceStubs()
                .blockingStub()
                .pauseWorkflowExecution(PauseWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setWorkflowId(decision)
                        .setReason("Flow is being repaired")
                        .setRequestId(UUID.randomUUID().toString())
                        .build());

        assertThat(connection.dispatcher.ask(decision, request("tenant-1", "state-1")))
                .as("its files are still needed")
                .isEqualTo(Accepted.RUNNING);
        assertThat(new TemporalOpenRequests(connection.workflows, connection.activities).isOpen(decision))
                .isTrue();
        assertThat(new TemporalDecisionRuns(connection.workflows).look(decision))
                .isInstanceOf(Standing.Unanswered.class);
    }

    @Test
    void whatCannotBeAskedCountsAsOpen() {
        try (Connection nowhere = new Connection("127.0.0.1:1", KEYS)) {
            TemporalOpenRequests requests = new TemporalOpenRequests(nowhere.workflows, nowhere.activities);
            assertThat(requests.isOpen(id)).isTrue();
            assertThat(requests.isOpen("decision-" + UUID.randomUUID())).isTrue();
        }
    }

    @Test
    void aMailThatFailedIsSentAgain() {
        connection.dispatcher.send(mail("refused"), ORIGIN);
        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_FAILED);

        assertThat(connection.dispatcher.send(mail("ok"), ORIGIN)).isEqualTo(Accepted.STARTED);
        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
    }

    @Test
    void aBusyServerIsTriedAgain() {
        connection.dispatcher.send(mail("busy"), ORIGIN);

        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
        assertThat(MAILS.attempts(id)).isEqualTo(2);
    }

    @Test
    void theSummaryBeginsWithTheSubjectAndCounts() {
        connection.dispatcher.send(mail("ok"), ORIGIN);
        awaitStatus(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);

        ActivityExecutionDescription description = describe();
        assertThat(description.getSummary()).isEqualTo("ok: 1 recipient, flow state-1");
        assertThat(description.getSearchAttributes().get(SearchAttributes.TENANT))
                .isEqualTo("tenant-1");
        assertThat(description.getSearchAttributes().get(SearchAttributes.STATE))
                .isEqualTo("state-1");
        assertThat(description.getRawResponse().toString())
                .contains("binary/encrypted")
                .doesNotContain("carol");
    }

    @Test
    void aDebugMailIsWaitedFor() throws Exception {
        assertThat(connection.dispatcher.sendAndWait(mail("ok"), ORIGIN).refused())
                .isEmpty();
        assertThat(connection.dispatcher.sendAndWait(mail("ok"), ORIGIN).refused())
                .isEmpty();
        assertThat(MAILS.attempts(id)).isEqualTo(1);
    }

    @Test
    void aDebugMailThatFailsSaysWhyAndIsNotTriedAgain() {
        assertThatThrownBy(() -> connection.dispatcher.sendAndWait(mail("busy"), ORIGIN))
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("421 busy")
                .extracting(failure -> ((ApplicationFailure) failure).getType())
                .isEqualTo(MailFailure.SMTP_UNAVAILABLE);
        assertThat(MAILS.attempts(id)).isEqualTo(1);
    }

    @Test
    void aDecisionIsStartedOnceAndFoundBySearchAttributes() {
        DecisionRequest request = request("tenant-1", "state-1");

        assertThat(connection.dispatcher.ask(id, request)).isEqualTo(Accepted.STARTED);
        assertThat(connection.dispatcher.ask(id, request)).isEqualTo(Accepted.RUNNING);

        WorkflowExecutionDescription description =
                connection.workflows.newUntypedWorkflowStub(id).describe();
        assertThat(description.getTypedSearchAttributes().get(SearchAttributes.TENANT))
                .isEqualTo("tenant-1");
        assertThat(description.getTypedSearchAttributes().get(SearchAttributes.STATE))
                .isEqualTo("state-1");
        assertThat(description.getTypedSearchAttributes().get(SearchAttributes.STATUS))
                .isEqualTo("Sending");
        assertThat(description.getTypedSearchAttributes().get(SearchAttributes.DEADLINE))
                .isNotNull();
        assertThat(description.getStaticSummary()).isEqualTo("Holiday: 1 recipient, 1 outcome, flow state-1");
        assertThat(description.getRawDescription().toString())
                .as("encrypted like all else")
                .doesNotContain("Holiday");
        assertThat(description.getWorkflowType()).isEqualTo("DecisionWorkflow");
    }

    @Test
    void theSummaryBeginsWithTheSubjectAsFarAsItFits() {
        connection.dispatcher.ask(id, request("tenant-1", "state-1", "\u8acb\u6c42\u66f8 ".repeat(60), false));

        assertThat(summary(connection))
                .startsWith("\u8acb\u6c42\u66f8 \u8acb\u6c42\u66f8 ")
                .endsWith("\u2026: 1 recipient, 1 outcome, flow state-1");
    }

    @Test
    void howeverManyKeysThereAreARequestIsAccepted() {
        KeyRing many = new KeyRing(Stream.generate(Key::generate).limit(8).toList());
        try (Connection rotated = new Connection(TemporalProcess.shared().address(), many)) {
            assertThat(rotated.dispatcher.ask(id, request("tenant-1", "state-1", "Holiday", false)))
                    .isEqualTo(Accepted.STARTED);
            assertThat(rotated.dispatcher.send(mail("ok"), ORIGIN)).isEqualTo(Accepted.STARTED);
        }
    }

    private String summary(Connection at) {
        return at.workflows.newUntypedWorkflowStub(id).describe().getStaticSummary();
    }

    @Test
    void anEndedDecisionIsNeverStartedAgain() {
        connection.dispatcher.ask(id, request("tenant-1", "state-1"));
        connection.workflows.newUntypedWorkflowStub(id).terminate("over");

        assertThat(connection.dispatcher.ask(id, request("tenant-1", "state-1")))
                .isEqualTo(Accepted.ENDED);
    }

    @Test
    void aRepeatOfARequestThatTheFirstReleaseAcceptedMailsNobodyAgain() {
        String tenant = UUID.randomUUID().toString();
        DecisionRequest request = request(tenant, "state-1");
        connection.dispatcher.ask(DecisionLink.earlierWorkflowId(tenant, "token"), request);

        assertThat(connection.dispatcher.ask(id, request)).isEqualTo(Accepted.ENDED);
        assertThat(new TemporalOpenRequests(connection.workflows, connection.activities).isOpen(id))
                .isFalse();
        assertThat(connection.dispatcher.ask(id, request(tenant, "state-1", "Another question", false)))
                .as("what differs is a request of its own")
                .isEqualTo(Accepted.STARTED);
    }

    @Test
    void idsThatAreNoIdsStayOutOfSearchAttributes() {
        connection.dispatcher.ask(id, request("carol@example.com", "a b"));

        WorkflowExecutionDescription description =
                connection.workflows.newUntypedWorkflowStub(id).describe();
        assertThat(description.getRawDescription().toString()).doesNotContain("carol", "a b");
        assertThat(description.getStaticSummary()).isEqualTo("Holiday: 1 recipient, 1 outcome");
    }

    @Test
    void withoutTemporalNothingIsAcceptedAndTheCallerKnowsSoon() {
        try (Connection nowhere = new Connection("127.0.0.1:" + Ports.free(), KEYS)) {
            // the first call loads classes
            assertThatThrownBy(() -> nowhere.dispatcher.send(mail("ok"), ORIGIN))
                    .isInstanceOf(ProblemException.class);
            long start = System.nanoTime();

            assertThatThrownBy(() -> nowhere.dispatcher.send(mail("ok"), ORIGIN))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Temporal");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aWorkerStartedWithoutTemporalWorksOnceItIsThere() {
        int port = Ports.free();
        try (Connection late = new Connection("127.0.0.1:" + port, KEYS)) {
            TemporalWorker waiting =
                    new TemporalWorker(late.workflows, late.attributes, List.of(), List.of(new FakeMailServer()));
            TemporalHealthIndicator health =
                    new TemporalHealthIndicator(late.workflows.getWorkflowServiceStubs(), waiting);
            waiting.start();
            assertThat(health.health().getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");

            try (TemporalProcess server = TemporalProcess.inMemory(port).start()) {
                await().atMost(Duration.ofSeconds(60)).until(waiting::isStarted);
                assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
                assertThat(late.attributes.available()).hasSize(4);
                waiting.stop();
                assertThat(server.address()).endsWith(String.valueOf(port));
            }
        }
    }

    @Test
    void stoppingWaitsForMailsInFlight() {
        try (TemporalProcess server = TemporalProcess.inMemory(Ports.free()).start();
                Connection other = new Connection(server.address(), KEYS)) {
            MAILS.hold();
            TemporalWorker draining = other.worker(List.of(), List.of(MAILS));
            other.dispatcher.send(mail("slow"), ORIGIN);
            await().atMost(Duration.ofSeconds(60)).until(() -> MAILS.attempts(id) == 1);

            Thread stopping = new Thread(draining::stop);
            stopping.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> !draining.isStarted());
            assertThat(describe(other).getStatus())
                    .isEqualTo(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING);
            MAILS.release();
            await().atMost(Duration.ofSeconds(60)).until(() -> !stopping.isAlive());

            assertThat(describe(other).getStatus())
                    .isEqualTo(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
            assertThat(MAILS.attempts(id)).isEqualTo(1);
        } finally {
            MAILS.release();
        }
    }

    @Test
    void aDebugDecisionIsWaitedForUntilItsMailsAreSentOrRefused() throws Exception {
        try (TemporalProcess server = TemporalProcess.inMemory(Ports.free()).start();
                Connection other = new Connection(server.address(), KEYS)) {
            TemporalWorker deciding = other.decidingWorker(MAILS);
            try {
                DecisionState sent = other.dispatcher.askAndWait(id, debugRequest("ok"));
                DecisionState refused = other.dispatcher.askAndWait(id + "-refused", debugRequest("refused"));

                assertThat(sent.people()).extracting(Person::mail).containsExactly(MailStatus.SENT);
                assertThat(sent.hasEnded()).isFalse();
                assertThat(refused.people()).extracting(Person::mail).containsExactly(MailStatus.FAILED);
                assertThat(refused.people().get(0).mailError()).contains("550");
            } finally {
                deciding.stop();
            }
        }
    }

    @Test
    void aDebugDecisionThatTakesTooLongIsTerminated() {
        try (TemporalProcess server = TemporalProcess.inMemory(Ports.free()).start();
                Connection other = new Connection(server.address(), KEYS)) {
            MAILS.hold();
            TemporalWorker deciding = other.decidingWorker(MAILS);
            try {
                assertThatThrownBy(() -> other.dispatcher.askAndWait(id, debugRequest("slow")))
                        .isInstanceOf(DeliveryUnknownException.class);
                assertThat(other.workflows.newUntypedWorkflowStub(id).describe().getStatus())
                        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
            } finally {
                MAILS.release();
                deciding.stop();
            }
        }
    }

    private static DecisionRequest debugRequest(String subject) {
        return request("tenant-1", "state-1", subject, true);
    }

    private static DecisionRequest request(String tenant, String state) {
        return request(tenant, state, "Holiday", false);
    }

    private ActivityExecutionDescription describe() {
        return describe(connection);
    }

    private ActivityExecutionDescription describe(Connection at) {
        return at.activities.getHandle(id, null).describe();
    }

    private void awaitStatus(ActivityExecutionStatus status) {
        await().atMost(Duration.ofSeconds(60)).until(() -> describe().getStatus() == status);
    }

    private Mail mail(String subject) {
        return new Mail(
                id,
                id,
                server(),
                new Mailbox("flow@example.com", null),
                null,
                List.of(new Mailbox("carol@example.com", "Carol")),
                List.of(),
                List.of(),
                subject,
                Content.inline("Hello"),
                null,
                List.of(),
                null,
                null,
                true);
    }

    private static SmtpServer server() {
        return new SmtpServer("mail.example.com", 25, SmtpServer.Transport.PLAIN, null, null, null);
    }

    private static DecisionRequest request(String tenant, String state, String subject, boolean debug) {
        return new DecisionRequest(
                server(),
                new Mailbox("flow@example.com", null),
                null,
                List.of(new Mailbox("carol@example.com", null)),
                subject,
                null,
                null,
                List.of(),
                null,
                "en",
                List.of(new DecisionRequest.Choice(new Outcome("1", "Yes"), "Yes")),
                new DecisionRequest.Rules(Duration.ofHours(1), null, null, 1, null, Comments.OFF),
                new FlowReference(tenant, state, "token", "https://flow.example/api", null, "who"),
                debug,
                List.of());
    }

    /** Does with a mail what its subject says. */
    private static final class FakeMailServer implements MailActivities {
        private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public Delivery sendMail(Mail mail) {
            int attempt = attempts.computeIfAbsent(mail.id(), none -> new AtomicInteger())
                    .incrementAndGet();
            switch (mail.subject()) {
                case "slow" -> awaitRelease();
                case "busy" -> {
                    if (attempt == 1) {
                        throw ApplicationFailure.newFailure("421 busy", MailFailure.SMTP_UNAVAILABLE);
                    }
                }
                case "refused" ->
                    throw ApplicationFailure.newNonRetryableFailure("550 carol@example.com", MailFailure.SMTP_REFUSED);
                default -> {}
            }
            return new Delivery(List.of());
        }

        private void awaitRelease() {
            try {
                gate.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        void hold() {
            gate = new CountDownLatch(1);
        }

        void release() {
            gate.countDown();
        }

        int attempts(String mailId) {
            AtomicInteger count = attempts.get(mailId);
            return count == null ? 0 : count.get();
        }

        @Override
        public void forgetAttachments(String requestId) {
            // nothing is kept here
        }
    }
}
