package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** With the hosts of Flow named. */
@WireTest
@TestPropertySource(properties = {"flowmail.flow.hosts=flow.example,other.example", "flowmail.limits.recipients=2"})
class FlowHostsSettingTest {
    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @Test
    void aCallbackElsewhereIs400AndNamesTheSetting() {
        Answer answer = ask("https://flow.example.evil.example/api/run/1/response");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("callbackUri").contains("FLOWMAIL_FLOW_HOSTS");
        assertThat(dispatcher.decisions()).isEmpty();
    }

    @Test
    void aCallbackToOneOfThemIsTaken() {
        assertThat(ask("https://Other.example:8443/api/run/1/response").status())
                .isEqualTo(200);
    }

    @Test
    void aRequestNamesAsManyRecipientsAsTheSettingSays() {
        assertThat(send("a@example.com; b@example.com").status()).isEqualTo(200);

        Answer answer = send("a@example.com; b@example.com; c@example.com");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("name 3 recipients, more than the 2");
        assertThat(dispatcher.mails()).hasSize(1);
    }

    private Answer ask(String callbackUri) {
        return Http.post(
                port,
                "/api/email/1/actions/email-choices",
                Samples.of(ActionNames.DECISION).json().put("callbackUri", callbackUri));
    }

    private Answer send(String to) {
        return Http.post(
                port,
                "/api/email/1/actions/email-simple",
                Samples.of(ActionNames.SIMPLE).input("To", to).json());
    }
}
