package dev.flowmail.api.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.api.faults.Fault.Server;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.servers.ScriptedSmtpServer;
import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.api.enums.v1.ActivityExecutionStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.ActivityExecutionDescription;
import io.temporal.client.DescribeActivityOptions;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Plays every fault of a mail server against the whole program, in a plain send, in debug runs and in a decision, and
 * compares what happens with the tables in docs/faults.md. {@code -Dfaults.write} writes them anew.
 */
@Tag("programs")
@Isolated("its debug runs have thirty seconds")
class FaultMatrixTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "faults.md");
    private static final String BEGIN = "<!-- written by FaultMatrixTest: begin -->\n";
    private static final String END = "<!-- written by FaultMatrixTest: end -->";

    @TempDir
    private static Path directory;

    private static RunningFlowmail flowmail;

    /** Open as long as Flowmail is: it tries again where it could not send. */
    private static final List<Server> SERVERS = new CopyOnWriteArrayList<>();

    /** All at once would make the program late by themselves, and with it the debug runs' 30 s. */
    private static final int AT_ONCE = 8;

    private final ExecutorService plays = Executors.newFixedThreadPool(AT_ONCE);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws IOException {
        flowmail = new RunningFlowmail(directory.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        flowmail.close();
        for (Server server : SERVERS) {
            server.close();
        }
    }

    /** What a cell shows, and what the mail server's fault is called where there is one. */
    private record Cell(String text, String said) {}

    private record Row(Future<Cell> plain, Future<Cell> debug, Future<Cell> decision) {}

    @Test
    void everyFaultEndsAsTheDocumentSays() throws Exception {
        List<Fault> faults = Fault.all(
                TestCertificate.forName(directory, "elsewhere.example").server());
        List<Row> rows = new ArrayList<>();
        for (Fault fault : faults) {
            rows.add(new Row(played(fault, this::plain), played(fault, this::debug), played(fault, this::decision)));
        }
        StringBuilder tables = new StringBuilder("""

            | the mail server | plain send | debug run | decision |
            |---|---|---|---|
            """);
        StringBuilder words = new StringBuilder("""

            | the mail server | in Temporal | in a debug run |
            |---|---|---|
            """);
        for (int fault = 0; fault < faults.size(); fault++) {
            String name = faults.get(fault).name();
            Cell plain = rows.get(fault).plain.get();
            Cell debug = rows.get(fault).debug.get();
            Cell decision = rows.get(fault).decision.get();
            line(tables, name, plain.text, debug.text, decision.text);
            if (!plain.said.isEmpty() || !debug.said.isEmpty()) {
                line(words, name, plain.said, debug.said);
            }
        }
        compare(tables + "\nWhat is said about it, `mail.example.com:587` being the server:\n" + words + "\n");
    }

    /** How one mail fares with a server. */
    private interface Play {
        Cell with(Fault fault, Server server) throws Exception;
    }

    private Future<Cell> played(Fault fault, Play play) {
        Callable<Cell> task = () -> {
            Server server = fault.start();
            SERVERS.add(server);
            Cell cell = cell(fault, server, play);
            return new Cell(
                    cell.text,
                    cell.said
                            .replaceAll("127\\.0\\.0\\.1:\\d+", "mail.example.com:587")
                            // the JDK's words differ
                            .replaceAll("\\(PKIX.*?\\)", "(…)")
                            .replaceAll("Connection reset( by peer)?", "Broken pipe"));
        };
        return plays.submit(task);
    }

    private static Cell cell(Fault fault, Server server, Play play) {
        try {
            return play.with(fault, server);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(fault.name() + ": " + failure.getMessage(), failure);
        }
    }

    private Cell plain(Fault fault, Server server) {
        String token = UUID.randomUUID().toString();
        Answer answer = send("email", token, false, fault, server);
        assertThat(answer.json().path("invokeType").asString())
                .as(answer.body())
                .isEqualTo("FORWARD");
        String id = soon().until(() -> flowmail.activityId(token), Optional::isPresent)
                .orElseThrow();
        if (fault.name().equals(Fault.SLOW)) {
            awaitContent(server.scripted());
            assertThat(describe(id).getStatus()).isEqualTo(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING);
            server.scripted().release();
        }
        ActivityExecutionDescription now = soon().until(
                        () -> describe(id),
                        seen -> seen.getStatus() != ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING
                                || seen.hasLastFailure());
        return switch (now.getStatus()) {
            case ACTIVITY_EXECUTION_STATUS_COMPLETED -> new Cell(sent(fault, server, now), "");
            case ACTIVITY_EXECUTION_STATUS_FAILED -> {
                ApplicationFailure failure = failure(now.getOutcomeFailure());
                yield new Cell("stops at once: `" + failure.getType() + "`", failure.getOriginalMessage());
            }
            case ACTIVITY_EXECUTION_STATUS_RUNNING -> {
                ApplicationFailure failure = failure(now.getLastFailure());
                assertThat(now.getScheduleToCloseTimeout()).isEqualTo(Duration.ofDays(2));
                yield new Cell(
                        "`" + failure.getType() + "`, tried again for 2 days" + recovered(fault, server, id),
                        failure.getOriginalMessage());
            }
            default -> throw new AssertionError(now.getStatus());
        };
    }

    private static String sent(Fault fault, Server server, ActivityExecutionDescription done) {
        assertThat(done.getAttempt()).isEqualTo(1);
        boolean inTwo = fault.name().equals(Fault.TOO_MANY);
        assertThat(server.scripted().mails()).hasSize(inTwo ? 2 : 1);
        if (inTwo) {
            return "sent, to those who were too many in a second transaction at once";
        }
        List<Delivery.Refused> refused =
                done.getResult(Delivery.class).orElseThrow().refused();
        if (refused.isEmpty()) {
            return fault.name().equals(Fault.SLOW) ? "waited for, up to 10 min; sent once" : "sent";
        }
        assertThat(refused).extracting(Delivery.Refused::address).containsExactly("b@example.com");
        return "sent to the others; the refused address stands in the result with its code";
    }

    /** Sees to it that the mail goes out once the server behaves. */
    private String recovered(Fault fault, Server server, String id) {
        if (!fault.canRecover()) {
            return "";
        }
        ScriptedSmtpServer scripted = server.scripted();
        int before = scripted.commands("RCPT TO:<a@").size();
        int mails = scripted.mails().size();
        scripted.recover();
        soon().until(() -> describe(id).getStatus() == ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
        assertThat(scripted.mails()).hasSizeGreaterThan(mails);
        assertThat(scripted.mails().stream().map(FaultMatrixTest::messageId).distinct())
                .hasSize(1);
        if (fault.name().equals("one RCPT 4xx")) {
            assertThat(scripted.commands("RCPT TO:<a@")).hasSize(before).hasSize(1);
            return ", for those who are left only";
        }
        return fault.name().equals("drops after the final dot") ? "; may arrive twice, with the same Message-ID" : "";
    }

    private Cell debug(Fault fault, Server server) throws Exception {
        try (Server second = fault.start()) {
            String token = UUID.randomUUID().toString();
            String decisionToken = UUID.randomUUID().toString();
            Future<Answer> deciding = callers.submit(() -> send("email-choices", decisionToken, true, fault, second));
            Answer plain = send("email", token, true, fault, server);
            Answer decision = deciding.get();
            server.scripted().release();
            second.scripted().release();
            assertNothingFollows(token, decisionToken, plain.status() == 200, decision.status() == 200);
            String text = plain.status() == decision.status()
                    ? answer(plain)
                    : answer(plain) + " (decision: " + answer(decision) + ")";
            return new Cell(text, plain.status() == 200 ? "" : plain.message());
        }
    }

    private static String answer(Answer answer) {
        return answer.status() == 200
                ? "sent"
                : answer.status() + (answer.message().contains("is unknown") ? ", delivery unknown" : "");
    }

    /** What failed is over: no activity and no run is left that could send later. */
    private void assertNothingFollows(String token, String decisionToken, boolean sent, boolean asked) {
        String id = soon().until(() -> flowmail.activityId(token), Optional::isPresent)
                .orElseThrow();
        soon().until(() -> describe(id).getStatus() != ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_RUNNING);
        if (sent) {
            assertThat(describe(id).getStatus()).isEqualTo(ActivityExecutionStatus.ACTIVITY_EXECUTION_STATUS_COMPLETED);
        }
        String workflowId = soon().until(() -> flowmail.workflowId(decisionToken), Optional::isPresent)
                .orElseThrow();
        soon().until(() -> asked
                == (flowmail.workflows
                                .newUntypedWorkflowStub(workflowId)
                                .describe()
                                .getStatus()
                        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING));
        if (!asked) {
            assertThat(flowmail.callback(decisionToken)).isEmpty();
        }
    }

    private Cell decision(Fault fault, Server server) {
        String token = UUID.randomUUID().toString();
        Answer answer = send("email-choices", token, false, fault, server);
        assertThat(answer.json().path("invokeType").asString())
                .as(answer.body())
                .isEqualTo("WAIT");
        String id = soon().until(() -> flowmail.workflowId(token), Optional::isPresent)
                .orElseThrow();
        DecisionWorkflow workflow = flowmail.workflows.newWorkflowStub(DecisionWorkflow.class, id);
        if (fault.name().equals(Fault.SLOW)) {
            awaitContent(server.scripted());
            assertThat(workflow.state().people()).extracting(Person::mail).contains(MailStatus.SENDING);
            server.scripted().release();
        }
        soon().until(() -> workflow.state().people().stream().allMatch(person -> person.mail() != MailStatus.SENDING)
                || pending(id).stream().anyMatch(PendingActivityInfo::hasLastFailure));
        List<MailStatus> mails =
                workflow.state().people().stream().map(Person::mail).toList();
        if (mails.contains(MailStatus.SENDING)) {
            return triedUntilTheDeadline(fault, server, id, workflow);
        }
        if (!mails.contains(MailStatus.FAILED)) {
            return new Cell("sent", "");
        }
        if (mails.contains(MailStatus.SENT)) {
            assertThat(workflow.state().hasEnded()).isFalse();
            assertThat(flowmail.callback(token)).isEmpty();
            return new Cell(
                    "sent to the others, who can answer; the refused one can be given `resend` or `reassign`", "");
        }
        var callback = soon().until(() -> flowmail.callback(token), Optional::isPresent)
                .orElseThrow();
        assertThat(callback.path("rootFaults").has("MailFailed"))
                .as(callback.toString())
                .isTrue();
        return new Cell("stops at once: fault `MailFailed`", "");
    }

    private Cell triedUntilTheDeadline(Fault fault, Server server, String id, DecisionWorkflow workflow) {
        String type = pending(id).stream()
                .filter(PendingActivityInfo::hasLastFailure)
                .map(PendingActivityInfo::getLastFailure)
                .map(Failure::getApplicationFailureInfo)
                .map(info -> info.getType())
                .findFirst()
                .orElseThrow();
        if (fault.canRecover()) {
            server.scripted().recover();
            soon().until(() -> workflow.state().people().stream().allMatch(person -> person.mail() == MailStatus.SENT));
        }
        String twice = type.equals(MailFailure.SMTP_UNCONFIRMED) ? "; may arrive twice, with the same links" : "";
        return new Cell("`" + type + "`, tried again until the deadline" + twice, "");
    }

    private static List<PendingActivityInfo> pending(String workflowId) {
        return flowmail.workflows
                .newUntypedWorkflowStub(workflowId)
                .describe()
                .getRawDescription()
                .getPendingActivitiesList();
    }

    private static Answer send(String action, String token, boolean debug, Fault fault, Server server) {
        return flowmail.send(fault, server.port(), action, token, debug);
    }

    private static void awaitContent(ScriptedSmtpServer server) {
        soon().until(() -> !server.mails().isEmpty());
    }

    private static ActivityExecutionDescription describe(String id) {
        return flowmail.activities
                .getHandle(id, null)
                .describe(DescribeActivityOptions.newBuilder()
                        .setIncludeLastFailure(true)
                        .setIncludeOutcome(true)
                        .build());
    }

    private static ApplicationFailure failure(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof ApplicationFailure found) {
                return found;
            }
        }
        throw new AssertionError(failure);
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElse("");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500));
    }

    private static void line(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static void compare(String tables) throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if (System.getProperty("faults.write") != null) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + tables + document.substring(end));
        } else {
            assertThat(document.substring(begin, end))
                    .as("docs/faults.md; -Dfaults.write writes it anew")
                    .isEqualTo(tables);
        }
    }
}
