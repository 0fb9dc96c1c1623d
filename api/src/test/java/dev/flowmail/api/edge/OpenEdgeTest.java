package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/** Without credentials. */
@WireTest
class OpenEdgeTest {
    private static final String ACTION = "/api/email/1/actions/email-simple";

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/email/1/health", "/api/email/1/metadata", "/decide/code", "/actuator/health"})
    void onlyALoopbackNameIsAnswered(String path) throws IOException {
        assertThat(raw(path, "Host: flow.example")).startsWith("HTTP/1.1 421");
        assertThat(raw(path, "Host: flow.example\r\nX-Forwarded-Host: localhost"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw(path, "Host: localhost:" + port)).doesNotStartWith("HTTP/1.1 421");
        assertThat(raw(path, "Host: [::1]:" + port)).doesNotStartWith("HTTP/1.1 421");
    }

    @Test
    void aMisdirectedCallOfTheApiGetsAProblem() throws IOException {
        assertThat(raw("/api/email/1/health", "Host: flow.example"))
                .contains("X-ManyWho-Service-Problem-Kind: service", "\"statusCode\":421");
    }

    @Test
    void noLoginIsAskedFor() {
        assertThat(Http.post(port, "/api/email/1/metadata", "{}").status()).isEqualTo(200);
        assertThat(Http.get(port, "/actuator").status()).isEqualTo(200);
    }

    @Test
    void aBodyOf10MebibytesIsTakenAndOneByteMoreIs413() {
        String fitting = simpleWithBodyOf(FlowJson.LARGEST_BODY);
        assertThat(Http.post(port, ACTION, fitting).status()).isEqualTo(200);
        assertThat(dispatcher.mail().html()).isNotNull();
        dispatcher.reset();
        Answer announced = Http.post(port, ACTION, simpleWithBodyOf(FlowJson.LARGEST_BODY + 1));
        assertTooLarge(announced);
    }

    @Test
    void anUnannouncedBodyIsCutOffWhereItBecomesTooLarge() {
        byte[] body = simpleWithBodyOf(FlowJson.LARGEST_BODY + 1).getBytes(StandardCharsets.UTF_8);
        Answer streamed = Http.exchange(
                port,
                "POST",
                ACTION,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                "Content-Type",
                "application/json");
        assertTooLarge(streamed);
    }

    @Test
    void halfACharacterIsReplaced() {
        String body = Http.sample("email-simple-request.json").toString();
        Answer answer = Http.post(port, ACTION, body.replace("Email body", "a\\ud83db \\ud83d\\ude00"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(dispatcher.mail().html()).extracting("text").isEqualTo("a\uFFFDb 😀");
    }

    private void assertTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(413);
        assertThat(answer.message()).contains("10 MiB");
        assertThat(dispatcher.mails()).isEmpty();
    }

    private static String simpleWithBodyOf(int size) {
        ObjectNode request = Http.sample("email-simple-request.json");
        request.put("padding", "");
        return request.put("padding", "x".repeat(size - request.toString().length()))
                .toString();
    }

    private String raw(String path, String host) throws IOException {
        return Http.raw(port, "GET " + path + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n");
    }
}
