package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With a mail server of whoever runs Flowmail, requests need not name one. */
@WireTest
@TestPropertySource(
        properties = {
            "spring.mail.host=relay.internal",
            "spring.mail.port=2525",
            "spring.mail.username=relay@example.com",
            "spring.mail.password=planted-secret",
            "spring.mail.properties.mail.smtp.starttls.required=true"
        })
class OperatorsMailTest {

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @Test
    void theValuesOfAServerAreDescribedAsOptional() {
        JsonNode described =
                Http.post(port, "/api/email/1/metadata", "{}").json().path("configurationValues");
        for (String name : List.of("Host", "Port", "Transport", "Username", "Password")) {
            assertThat(described
                            .valueStream()
                            .filter(value ->
                                    value.path("developerName").asString().equals(name)))
                    .singleElement()
                    .satisfies(value -> assertThat(value.path("required").asBoolean(true))
                            .as(name)
                            .isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"email-simple", "email", "email-choices"})
    void aRequestThatNamesNoServerNamesTheOperatorsAndNothingOfIt(String action) {
        Answer answer = post(action, withoutServer(Samples.of(action)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        boolean decides = action.equals("email-choices");
        SmtpServer server =
                decides ? dispatcher.decision().server() : dispatcher.mail().server();
        assertThat(server).isEqualTo(SmtpServer.OPERATORS);
        JsonMapper json = JsonMapper.shared();
        assertThat(json.writeValueAsString(decides ? dispatcher.decision() : dispatcher.mail()))
                .doesNotContain("planted-secret", "relay.internal", "2525");
        assertThat(json.readValue(json.writeValueAsString(server), SmtpServer.class))
                .isEqualTo(SmtpServer.OPERATORS);
    }

    @Test
    void itsUserStandsInForAMissingFrom() {
        post("email-simple", withoutServer(Samples.of("email-simple")).input("From", null));
        assertThat(dispatcher.mail().from()).isEqualTo(new Mailbox("relay@example.com", null));
    }

    @Test
    void aRequestThatNamesAHostGoesThereAsBefore() {
        assertThat(post("email", Samples.of("email")).status()).isEqualTo(200);
        assertThat(dispatcher.mail().server().host()).isEqualTo("smtp.example.com");
        Answer guarded = post("email", Samples.of("email").configuration("Host", "localhost"));
        assertThat(guarded.status()).isEqualTo(400);
        assertThat(guarded.message()).startsWith("Host");
        Answer half = post("email", Samples.of("email").configuration("Port", null));
        assertThat(half.status()).isEqualTo(400);
        assertThat(half.message()).startsWith("Port");
    }

    private static Samples withoutServer(Samples request) {
        for (String name : List.of("Host", "Port", "Transport", "Username", "Password")) {
            request.configuration(name, null);
        }
        return request;
    }

    private Answer post(String action, Samples request) {
        return Http.post(port, "/api/email/1/actions/" + action, request.json());
    }
}
