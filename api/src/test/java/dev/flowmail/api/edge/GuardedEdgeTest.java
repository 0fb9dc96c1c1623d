package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** With credentials. */
@WireTest
@TestPropertySource(properties = {"flowmail.auth.username=flow", "flowmail.auth.password=pässword:1"})
class GuardedEdgeTest {
    private static final String METADATA = "/api/email/1/metadata";
    private static final String WHO =
            "ManyWhoTenantId%3D67204d5c-6022-474d-8f80-0d576b43d02d%26UserId%3Djane%26Token%3Da%3D%3D";

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/email/1/nothing",
                "/api/email/1/metadata",
                "/api/email/1/health/more",
                "/api/email/1/file",
                "/codec/decode",
                "/actuator",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/%61pi/email/1/metadata",
                "/api;x=1/email/1/metadata",
                "/codec;a/decode"
            })
    void whoIsNotKnownGets401(String path) {
        Answer answer = Http.get(port, path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @Test
    void a401IsAProblem() {
        Answer answer = Http.post(port, METADATA, "{}");
        assertThat(answer.header("X-ManyWho-Service-Problem-Kind")).isEqualTo("service");
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(401);
        assertThat(answer.json().path("uri").asString()).isEqualTo(METADATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/email/1/health",
                "/actuator/health",
                "/.well-known/jwks.json",
                "/decide/code",
                "/",
                "/nothing"
            })
    void theseNeedNoLogin(String path) {
        assertThat(Http.get(port, path).status()).isNotEqualTo(401);
    }

    @Test
    void aBrowserMayAskTheCodecWhatItMayDoWithoutALogin() {
        assertThat(Http.exchange(port, "OPTIONS", "/codec/decode", BodyPublishers.noBody())
                        .status())
                .isNotEqualTo(401);
        assertThat(Http.exchange(port, "OPTIONS", METADATA, BodyPublishers.noBody())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theRightUserIsLetIn() {
        assertThat(status(basic("flow", "pässword:1"))).isEqualTo(200);
        assertThat(status(basic("flow", "pässword:1").replace("Basic", "basic ")))
                .isEqualTo(200);
        assertThat(Http.get(port, "/v3/api-docs", "Authorization", basic("flow", "pässword:1"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everyoneElseIsNot() {
        for (String wrong : new String[] {
            basic("flow", "password:1"),
            basic("Flow", "pässword:1"),
            basic("flow", "pässword:1 "),
            basic("flow", ""),
            basic("flow:pässword", "2"),
            "Basic",
            "Basic ",
            "Basic !!!",
            "Bearer " + basic("flow", "pässword:1").substring(6),
            basic("flow", "pässword:1").substring(6),
            WHO,
            "," + WHO + ","
        }) {
            assertThat(status(wrong)).as(wrong).isEqualTo(401);
        }
    }

    @Test
    void ofTwoValuesOneIsTheLoginAndTheOtherTheUser() {
        String login = basic("flow", "pässword:1");
        for (String[] headers : new String[][] {
            {"Authorization", login, "Authorization", WHO},
            {"Authorization", WHO, "Authorization", login},
            {"Authorization", WHO + ", " + login},
            {"Authorization", login + "," + WHO}
        }) {
            dispatcher.reset();
            Answer answer = Http.post(
                    port, "/api/email/1/actions/email-choices", Http.sample("email-choices-request.json"), headers);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(dispatcher.decision().flow()).extracting("who").isEqualTo(WHO);
        }
    }

    @Test
    void whoIsRefusedKeepsTheConnection() {
        for (int call = 0; call < 100; call++) {
            assertThat(status("Basic !!!")).isIn(401, 429);
        }
    }

    @Test
    void theLoginItselfIsNotTakenForTheUser() {
        Answer answer = Http.post(
                port,
                "/api/email/1/actions/email-choices",
                Http.sample("email-choices-request.json"),
                "Authorization",
                basic("flow", "pässword:1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(dispatcher.decision().flow())
                .extracting("who")
                .asString()
                .contains("PUBLIC_USER", "67204d5c-6022-474d-8f80-0d576b43d02d")
                .doesNotContain("Basic");
    }

    @Test
    void everyHostIsAnswered() throws IOException {
        assertThat(Http.raw(
                        port, "GET /api/email/1/health HTTP/1.1\r\nHost: flow.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private int status(String authorization) {
        return Http.post(port, METADATA, "{}", "Authorization", authorization).status();
    }

    private static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
