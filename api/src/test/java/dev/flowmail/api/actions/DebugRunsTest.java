package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.actions.Dispatcher.DeliveryUnknownException;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Delivery.Refused;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WireTest
class DebugRunsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "DEBUG_STEPTHROUGH"})
    void successAnswersAsEver(String mode) {
        dispatcher.reaches(() -> state(person("a@example.com", MailStatus.SENT, null)));
        for (String action : List.of(ActionNames.SIMPLE, ActionNames.EMAIL, ActionNames.DECISION)) {
            Answer answer = debug(action, mode);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(Samples.response(action));
        }
        assertThat(dispatcher.decision().debug()).isTrue();
    }

    @Test
    void aRefusalIs502WithTheServersWords() {
        dispatcher.delivers(() -> {
            throw ApplicationFailure.newNonRetryableFailure(
                    "535 5.7.8 Username and Password not accepted", MailFailure.SMTP_AUTHENTICATION);
        });
        Answer answer = debug(ActionNames.EMAIL, "DEBUG");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.message()).contains("535 5.7.8 Username and Password not accepted");
    }

    @Test
    void oneRefusalOfSeveralIsARefusal() {
        dispatcher.delivers(() -> new Delivery(List.of(new Refused("b@example.com", 550, "5.1.1 No such user"))));
        Answer answer = debug(ActionNames.SIMPLE, "DEBUG");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.message()).contains("b@example.com", "550 5.1.1 No such user");
    }

    @Test
    void whereAllAreRefusedEachIsNamedToo() {
        dispatcher.delivers(() -> {
            throw ApplicationFailure.newNonRetryableFailure(
                    "smtp.example.com:25 rejected the mail: 550 5.1.1 No such user",
                    MailFailure.SMTP_REFUSED,
                    new Delivery(List.of(
                            new Refused("a@example.com", 550, "5.1.1 No such user"),
                            new Refused("b@example.com", 552, "5.2.2 Mailbox full"))));
        });
        Answer answer = debug(ActionNames.EMAIL, "DEBUG");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.message())
                .contains("a@example.com: 550 5.1.1 No such user", "b@example.com: 552 5.2.2 Mailbox full");
    }

    @Test
    void aDecisionOfWhichOneMailFailedIs502ThatNamesWhose() {
        dispatcher.reaches(() -> state(
                person("a@example.com", MailStatus.SENT, null),
                person("b@example.com", MailStatus.FAILED, "550 5.1.1 No such user")));
        Answer answer = debug(ActionNames.DECISION, "DEBUG");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.message())
                .contains("b@example.com", "550 5.1.1 No such user")
                .doesNotContain("a@example.com");
    }

    @Test
    void after30SecondsDeliveryIsUnknown() {
        dispatcher.delivers(() -> {
            throw new DeliveryUnknownException();
        });
        dispatcher.reaches(() -> {
            throw new DeliveryUnknownException();
        });
        for (String action : List.of(ActionNames.SIMPLE, ActionNames.EMAIL, ActionNames.DECISION)) {
            Answer answer = debug(action, "DEBUG");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.message()).contains("unknown");
        }
    }

    private Answer debug(String action, String mode) {
        return Http.post(
                port,
                "/api/email/1/actions/" + action,
                Samples.of(action).property("executionMode", mode).json());
    }

    private static Person person(String address, MailStatus mail, @Nullable String error) {
        return new Person(new Mailbox(address, null), 0, mail, error, null, 0);
    }

    private static DecisionState state(Person... people) {
        return new DecisionState(
                Status.WAITING,
                new Mailbox("from@example.com", null),
                "Subject",
                List.of("go"),
                Instant.EPOCH,
                "en",
                Comments.OFF,
                List.of(people),
                null,
                null,
                null,
                DecisionState.CallbackStatus.NONE,
                null,
                null,
                null,
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
