package dev.flowmail.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@WireTest
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {
    private static final String ACTION = "/api/email/1/actions/email";

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @Test
    void anUnknownPathOfTheConnectorIs404() {
        assertProblem(Http.get(port, "/api/email/1/nothing"), 404, "/api/email/1/nothing");
        assertProblem(Http.post(port, "/api/email/1/nothing", "{}"), 404, "/api/email/1/nothing");
        assertProblem(Http.get(port, "/api"), 404, "/api");
        assertProblem(Http.get(port, "/api/email/1/callback/response/a/b"), 404, "/api/email/1/callback/response/a/b");
    }

    @Test
    void aWrongMethodIs405AndNamesTheRightOne() {
        Answer answer = Http.get(port, ACTION);
        assertProblem(answer, 405, ACTION);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.message()).contains("POST");
    }

    @Test
    void whatStrangersAskForWritesNoLogOfItsOwn(CapturedOutput output) throws IOException {
        Http.get(port, "/nothing");
        for (String path : List.of("/decide/secret/../x", "/x/../y", "/docs/%0aline/../x", "/url:%0aline")) {
            Http.raw(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
        Http.exchange(port, "PUT", "/decide/secret", BodyPublishers.noBody());
        Http.raw(port, "F'OO /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(output.toString()).doesNotContain("WARN", "secret", "line", "F'OO");
    }

    @Test
    void aJsonEndpointTakesJsonOnly() {
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense")) {
            Answer answer = Http.exchange(port, "POST", ACTION, BodyPublishers.ofString("{}"), "Content-Type", type);
            assertProblem(answer, 415, ACTION);
        }
        assertProblem(Http.exchange(port, "POST", ACTION, BodyPublishers.ofString("{}")), 415, ACTION);
    }

    @Test
    void whoAcceptsNoJsonGetsItForAProblemNevertheless() {
        Answer answer = Http.post(port, ACTION, Http.sample("email-request.json"), "Accept", "text/html");
        assertProblem(answer, 406, ACTION);
    }

    @Test
    void anUnreadableBodyIs400ThatTellsWhereButNotWhat() {
        Answer answer = Http.post(port, ACTION, "{\"token\": \"secret-token\",\n \"inputs\": \"secret-input\"}");
        assertProblem(answer, 400, ACTION);
        assertThat(answer.message()).contains("line 2").doesNotContain("secret");
        for (String body : List.of("", "{", "null", "[]", "\"text\"", "7", "{}{}", "[".repeat(100_000))) {
            assertProblem(Http.post(port, ACTION, body), 400, ACTION);
        }
    }

    @Test
    void anUnexpectedFailureIs500WithoutItsWordsHereOrInTheLog(CapturedOutput log) {
        dispatcher.answers(() -> {
            throw new IllegalStateException("secret-word", new IOException("secret-cause"));
        });
        Answer answer = Http.post(port, ACTION, Http.sample("email-request.json"));
        assertProblem(answer, 500, ACTION);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(log.getAll())
                .contains("POST " + ACTION + " failed")
                .contains("java.lang.IllegalStateException")
                .contains("java.io.IOException")
                .doesNotContain("secret-");
    }

    @Test
    void whatMayBeTriedAgainSaysWhen() {
        dispatcher.answers(() -> {
            throw ProblemException.unavailable("Temporal cannot be reached.", new IOException());
        });
        Answer answer = Http.post(port, ACTION, Http.sample("email-request.json"));
        assertProblem(answer, 503, ACTION);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.message()).isEqualTo("Temporal cannot be reached.");
    }

    @Test
    void aLongMessageIsCutTo500Characters() {
        dispatcher.answers(() -> {
            throw ProblemException.badInput("😀".repeat(600));
        });
        Answer answer = Http.post(port, ACTION, Http.sample("email-request.json"));
        assertProblem(answer, 400, ACTION);
        assertThat(answer.message()).hasSizeBetween(498, 500).endsWith("…");
    }

    @Test
    void whatTheContainerRefusesIsAProblemToo() throws IOException {
        String answer =
                Http.raw(port, "GET /api/email/1/metadata?<> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("X-ManyWho-Service-Problem-Kind: service")
                .contains("\"statusCode\":400")
                .doesNotContain("Tomcat");
        assertThat(Http.raw(port, "GET /api/%2e%2e%2f HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("X-ManyWho-Service-Problem-Kind: service");
        assertThat(Http.raw(port, "nonsense\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Tomcat");
    }

    @Test
    void elsewhereAFailureIsAShortTextForPrograms() {
        Answer answer = Http.get(port, "/nothing", "Accept", "*/*");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.body()).startsWith("404 Not Found").doesNotContain("<");
        assertThat(Http.get(port, "/error").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/decide/%", "/decide/%zz", "/decide/x%2", "/nothing/%c0%af", "/%2e%2e%2f"})
    void anAddressThatCannotBeReadIsAPageForPeopleLikeAnyOtherThatLeadsNowhere(String path) throws IOException {
        String page = Http.get(port, "/nothing", "Accept", "text/html").body();

        assertThat(Http.raw(
                        port,
                        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                                + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .containsOnlyOnce("Content-Security-Policy: ")
                .endsWith(page);
    }

    @Test
    void aCodeThatCannotBeReadIsOneThatFlowmailDidNotSign() throws IOException {
        Answer unknown = Http.get(port, "/decide/nonsense");

        assertThat(Http.raw(port, "GET /decide/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + unknown.status())
                .endsWith(unknown.body());
    }

    private static void assertProblem(Answer answer, int status, String path) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-ManyWho-Service-Problem-Kind")).isEqualTo("service");
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "kind",
                        "uri",
                        "statusCode",
                        "responseBody",
                        "responseHeaders",
                        "message",
                        "invokeType",
                        "action");
        assertThat(answer.json().path("kind").asString()).isEqualTo("service");
        assertThat(answer.json().path("uri").asString()).isEqualTo(path);
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(status);
        assertThat(answer.message()).isNotBlank().hasSizeLessThanOrEqualTo(500);
        for (String empty : List.of("responseBody", "responseHeaders", "invokeType", "action")) {
            assertThat(answer.json().path(empty).isNull()).isTrue();
        }
    }
}
