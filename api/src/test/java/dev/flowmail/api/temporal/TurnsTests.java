package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.activity.Activity;
import io.temporal.common.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose turn it is: what activities are told on the real server. */
@Tag("programs")
class TurnsTests {

    private static final Outside OUTSIDE = new Outside();

    private static Connection connection;
    private static TemporalWorker worker;

    private final String tenant = UUID.randomUUID().toString();
    private final String id = "decision-" + UUID.randomUUID();

    @BeforeAll
    static void startWorker() {
        connection =
                new Connection(TemporalProcess.shared().address(), new KeyRing(List.of(new Key("key", new byte[32]))));
        worker = connection.decidingWorker(OUTSIDE);
    }

    @AfterAll
    static void stopWorker() {
        worker.stop();
        connection.close();
    }

    @Test
    void aDecisionGoesBeforeOtherMailsAndItsRemindersAfterThem() {
        connection.dispatcher.ask(id, decision());
        awaitTurn(id + "/1", new Turn(Urgency.REMINDER, tenant));
        awaitTurn(id + "/0", new Turn(Urgency.DECISION, tenant));
    }

    @Test
    void aPlainMailIsItsTenants() {
        connection.dispatcher.send(mail(), new Origin(tenant, "state"));

        awaitTurn(id, new Turn(Urgency.PLAIN_MAIL, tenant));
    }

    @Test
    void aLongIdIsCut() {
        assertThat(Turns.of(Urgency.DECISION, "t".repeat(100)).getFairnessKey()).hasSize(64);
        assertThat(Turns.of(Urgency.DECISION, null).getFairnessKey()).isNull();
    }

    private static void awaitTurn(String what, Turn turn) {
        await().atMost(Duration.ofSeconds(60)).until(() -> OUTSIDE.turns.containsKey(what));
        assertThat(OUTSIDE.turns).containsEntry(what, turn);
    }

    private Mail mail() {
        return new Mail(
                id,
                id,
                new SmtpServer("mail.example.com", 25, SmtpServer.Transport.PLAIN, null, null, null),
                new Mailbox("flow@example.com", null),
                null,
                List.of(new Mailbox("carol@example.com", null)),
                List.of(),
                List.of(),
                "News",
                Content.inline("News"),
                null,
                List.of(),
                null,
                null,
                false);
    }

    private DecisionRequest decision() {
        return Requests.decision(tenant, "state", "carol@example.com", Duration.ofSeconds(1));
    }

    /** What an activity is told. */
    private record Turn(int urgency, @Nullable String tenant) {}

    /** Keeps the turn of each mail. */
    private static final class Outside extends Taker {
        final Map<String, Turn> turns = new ConcurrentHashMap<>();

        @Override
        public Delivery sendMail(Mail mail) {
            Question question = mail.question();
            Priority told = Activity.getExecutionContext().getInfo().getPriority();
            turns.put(
                    mail.requestId() + (question == null ? "" : "/" + question.reminder()),
                    new Turn(told.getPriorityKey(), told.getFairnessKey()));
            return super.sendMail(mail);
        }
    }
}
