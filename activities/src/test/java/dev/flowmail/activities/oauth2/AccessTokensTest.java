package dev.flowmail.activities.oauth2;

import static dev.flowmail.activities.oauth2.TokenServer.CLIENT_SECRET;
import static dev.flowmail.activities.oauth2.TokenServer.REFRESH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.Guards;
import dev.flowmail.servers.Ports;
import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private final AtomicLong now = new AtomicLong();
    private final GuardedHttp http = new GuardedHttp(Guards.allowing("127.0.0.0/8", "::1"));
    private final AccessTokens tokens = new AccessTokens(http, now::get);
    private TokenServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TokenServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        http.close();
    }

    @Test
    void theRefreshTokenGrantIsAskedForAsTheStandardSays() {
        assertThat(current(server.refreshing("https://mail.google.com/"))).isEqualTo("token-1");

        assertThat(server.requests())
                .containsExactly("POST /tenant/token application/x-www-form-urlencoded application/json");
        assertThat(server.forms())
                .containsExactly(Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", REFRESH_TOKEN,
                        "client_id", "the-client",
                        "client_secret", CLIENT_SECRET,
                        "scope", "https://mail.google.com/"));
    }

    @Test
    void withoutARefreshTokenTheClientAsksForItself() {
        assertThat(current(server.byClientCredentials("https://outlook.office365.com/.default")))
                .isEqualTo("token-1");

        assertThat(server.forms())
                .containsExactly(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "the-client",
                        "client_secret", CLIENT_SECRET,
                        "scope", "https://outlook.office365.com/.default"));
    }

    @Test
    void neitherScopeNorSecretIsSentWhenThereIsNone() {
        current(new OAuth2(server.address(), "the-client", null, REFRESH_TOKEN, null));

        assertThat(server.forms())
                .containsExactly(Map.of(
                        "grant_type", "refresh_token", "refresh_token", REFRESH_TOKEN, "client_id", "the-client"));
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItsEnd() {
        server.answers(200, token("first", 3600));
        assertThat(current(server.refreshing(null))).isEqualTo("first");
        later(Duration.ofSeconds(3530));
        assertThat(current(server.refreshing(null))).isEqualTo("first");
        later(Duration.ofSeconds(20));
        assertThat(current(server.refreshing(null))).isEqualTo("token-1");
        assertThat(server.forms()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"10, 7, 2", "999999999999, 86000, 500"})
    void oddLifetimesArePutUpWith(long expiresIn, long kept, long more) {
        server.answers(200, token("first", expiresIn));
        current(server.refreshing(null));
        later(Duration.ofSeconds(kept));
        assertThat(current(server.refreshing(null))).isEqualTo("first");
        later(Duration.ofSeconds(more));
        assertThat(current(server.refreshing(null))).isEqualTo("token-1");
    }

    @Test
    void aTokenOfUnknownLifetimeAndTypeIsKeptForAWhile() {
        server.answers(200, "{\"access_token\":\"first\"}");
        assertThat(current(server.refreshing(null))).isEqualTo("first");
        later(Duration.ofMinutes(4));
        assertThat(current(server.refreshing(null))).isEqualTo("first");
        later(Duration.ofMinutes(2));
        assertThat(current(server.refreshing(null))).isEqualTo("token-1");
    }

    @Test
    void everyClientHasATokenOfItsOwn() {
        assertThat(current(server.refreshing(null))).isEqualTo("token-1");
        assertThat(current(server.refreshing("other"))).isEqualTo("token-2");
        assertThat(current(server.byClientCredentials(null))).isEqualTo("token-3");
        assertThat(current(server.refreshing(null))).isEqualTo("token-1");
    }

    @Test
    void howeverManyWaitTheTokenIsAskedForOnce() {
        server.hold();
        List<String> got = new CopyOnWriteArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            waiting.add(new Thread(() -> got.add(current(server.refreshing(null)))));
        }
        waiting.forEach(Thread::start);
        // one of them asks, and waits for the answer in a way that no thread's state shows
        await().until(() -> server.forms().size() == 1
                && waiting.stream()
                                .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                                .count()
                        >= 19);
        server.release();
        await().until(() -> got.size() == 20);

        assertThat(got).containsOnly("token-1");
        assertThat(server.forms()).hasSize(1);
    }

    @Test
    void whoeverWaitsForSomebodyElsesRequestGetsItsFailureAndTheNextOneAsksAnew() {
        server.answers(503, "");
        assertRetried(failing(server.refreshing(null)), "answered 503");
        assertThat(current(server.refreshing(null))).isEqualTo("token-1");
    }

    @Test
    void aRefusedTokenIsReplacedOnceForAllWhoHadIt() {
        OAuth2 client = server.refreshing(null);
        current(client);
        assertThat(tokens.insteadOf("token-1", client, AMPLE)).isEqualTo("token-2");
        assertThat(tokens.insteadOf("token-1", client, AMPLE)).isEqualTo("token-2");
        assertThat(current(client)).isEqualTo("token-2");
        assertThat(server.forms()).hasSize(2);
    }

    @Test
    void aNewRefreshTokenIsUsedFromThenOn() {
        OAuth2 client = server.refreshing(null);
        server.answers(200, token("first", 3600, "rotated-1"))
                .answers(200, token("second", 3600, "rotated-2"))
                .answers(200, token("third", 3600));
        current(client);
        tokens.insteadOf("first", client, AMPLE);
        tokens.insteadOf("second", client, AMPLE);
        tokens.insteadOf("third", client, AMPLE);
        assertThat(server.forms())
                .extracting(form -> form.get("refresh_token"))
                .containsExactly(REFRESH_TOKEN, "rotated-1", "rotated-2", "rotated-2");
    }

    @Test
    void theCallersRefreshTokenIsTriedWhenTheNewOneIsRefused() {
        OAuth2 client = server.refreshing(null);
        server.answers(200, token("first", 3600, "rotated")).answers(400, "{\"error\":\"invalid_grant\"}");
        current(client);
        assertThat(tokens.insteadOf("first", client, AMPLE)).isEqualTo("token-1");
        assertThat(server.forms())
                .extracting(form -> form.get("refresh_token"))
                .containsExactly(REFRESH_TOKEN, "rotated", REFRESH_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, OAuth2 Refresh Token has expired",
        "401, invalid_client, OAuth2 Client ID and OAuth2 Client Secret",
        "401, deleted_client, OAuth2 Client ID and OAuth2 Client Secret",
        "400, unauthorized_client, OAuth2 Client ID",
        "400, unsupported_grant_type, OAuth2 Token URL",
        "400, invalid_scope, OAuth2 Scope",
        "400, invalid_request, OAuth2 Token URL",
        "403, something_new, OAuth2 Token URL"
    })
    void aRefusalIsFinalAndNamesTheValueAndTheCode(int status, String code, String value) {
        server.answers(
                status,
                "{\"error\":\"" + code + "\",\"error_description\":\"flow@example.com " + REFRESH_TOKEN + "\"}");
        assertFinal(failing(server.refreshing(null)), MailFailure.SMTP_AUTHENTICATION, code, value);
    }

    @Test
    void withoutARefreshTokenTheClientIsNamed() {
        server.answers(400, "{\"error\":\"invalid_grant\"}");
        assertFinal(failing(server.byClientCredentials(null)), MailFailure.SMTP_AUTHENTICATION, "OAuth2 Client Secret");
        server.answers(400, "{\"error\":\"unauthorized_client\"}");
        assertFinal(failing(server.byClientCredentials(null)), MailFailure.SMTP_AUTHENTICATION, "client credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not found",
                "[]",
                "{}",
                "{\"error\":5}",
                "{\"error\":\"1//refresh-t0ken\"}",
                "{\"error\":\"two words\\r\\n\"}",
                "{\"error\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
            })
    void aRefusalWithoutAKnownCodeSaysItsStatusAndNothingElse(String body) {
        server.answers(404, body);
        ApplicationFailure failure = failing(server.refreshing(null));
        assertFinal(failure, MailFailure.SMTP_AUTHENTICATION, "refused with 404: check OAuth2 Token URL");
        assertThat(failure.getOriginalMessage()).doesNotContain("aaaa", "words", "found");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 425, 429})
    void anEndPointInTroubleIsTriedAgain(int status) {
        server.answers(status, "{\"error\":\"invalid_client\"}");
        assertRetried(failing(server.refreshing(null)), "answered " + status);
    }

    @Test
    void aPassingErrorIsTriedAgainWhateverItsStatus() {
        server.answers(400, "{\"error\":\"temporarily_unavailable\"}");
        assertRetried(failing(server.refreshing(null)), "answered temporarily_unavailable");
    }

    @Test
    void anEndPointThatIsNotThereIsTriedAgain() throws IOException {
        OAuth2 client = new OAuth2(
                "http://localhost:" + Ports.free() + "/token", "the-client", CLIENT_SECRET, REFRESH_TOKEN, null);
        assertRetried(failing(client), "cannot be asked");
    }

    @Test
    void anEndPointThatTheDnsDoesNotKnowIsTriedAgain() throws IOException {
        try (GuardedHttp lost = new GuardedHttp((host, port) -> {
            throw new UnknownHostException(host);
        })) {
            AccessTokens unlucky = new AccessTokens(lost);
            assertRetried(
                    catchThrowableOfType(
                            ApplicationFailure.class, () -> unlucky.current(server.refreshing(null), AMPLE)),
                    "no address");
        }
    }

    @Test
    void anEndPointThatSaysNothingIsGivenUp() {
        server.hold();
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class, () -> tokens.current(server.refreshing(null), Duration.ofMillis(200)));
        assertRetried(failure, "in time");
    }

    @Test
    void anEndPointWhoseCertificateNobodyTrustsGetsNoSecretAndIsFinal(@TempDir Path directory) throws Exception {
        HttpsServer unknown = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        unknown.setHttpsConfigurator(new HttpsConfigurator(
                TestCertificate.forName(directory, "localhost").server()));
        AtomicInteger asked = new AtomicInteger();
        unknown.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        unknown.start();
        try {
            OAuth2 client = new OAuth2(
                    "https://localhost:" + unknown.getAddress().getPort() + "/token",
                    "the-client",
                    CLIENT_SECRET,
                    REFRESH_TOKEN,
                    null);
            assertFinal(failing(client), MailFailure.SMTP_TLS, "OAuth2 Token URL", "certificate");
            assertThat(asked).hasValue(0);
        } finally {
            unknown.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/elsewhere", "http://localhost:1/token"})
    void aRedirectIsNotFollowed(String location) {
        server.redirectsTo(location);
        assertFinal(failing(server.refreshing(null)), MailFailure.SMTP_AUTHENTICATION, "OAuth2 Token URL");
        assertThat(server.forms()).hasSize(1);
    }

    @Test
    void anAddressOutOfBoundsIsNotDialled() throws IOException {
        try (GuardedHttp guarded = new GuardedHttp(new AllowList(List.of()))) {
            AccessTokens refusing = new AccessTokens(guarded);
            ApplicationFailure failure = catchThrowableOfType(
                    ApplicationFailure.class, () -> refusing.current(server.refreshing(null), AMPLE));
            assertFinal(failure, MailFailure.NETWORK_REFUSED, "OAuth2 Token URL", "FLOWMAIL_NETWORK_ALLOW");
        }
        assertThat(server.forms()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Sign in</html>",
                "{}",
                "null",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"t\",\"token_type\":\"DPoP\"}",
                "{\"access_token\":\"t\",\"token_type\":\"mac\"}",
                "{\"access_token\":{},\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":-1}"
            })
    void whatIsNoTokenIsFinal(String body) {
        server.answers(200, body);
        assertFinal(failing(server.refreshing(null)), MailFailure.SMTP_AUTHENTICATION, "check OAuth2 Token URL");
    }

    @Test
    void aHugeAnswerIsNotReadToItsEnd() {
        server.answers(200, token("a".repeat(40_000), 3600));
        assertFinal(failing(server.refreshing(null)), MailFailure.SMTP_AUTHENTICATION, "check OAuth2 Token URL");
        server.answers(400, "x".repeat(40_000));
        assertFinal(failing(server.refreshing(null)), MailFailure.SMTP_AUTHENTICATION, "check OAuth2 Token URL");
    }

    private String current(OAuth2 client) {
        return tokens.current(client, AMPLE);
    }

    private ApplicationFailure failing(OAuth2 client) {
        return catchThrowableOfType(ApplicationFailure.class, () -> current(client));
    }

    private void later(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    private static String token(String value, long expiresIn) {
        return "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}";
    }

    private static String token(String value, long expiresIn, String refreshToken) {
        return token(value, expiresIn).replace("}", ",\"refresh_token\":\"" + refreshToken + "\"}");
    }

    private static void assertFinal(ApplicationFailure failure, String type, String... says) {
        assertThat(failure.getType()).isEqualTo(type);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains(says).hasSizeLessThan(400);
        assertSaysNoSecret(failure);
    }

    private static void assertRetried(ApplicationFailure failure, String says) {
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains(says);
        assertSaysNoSecret(failure);
    }

    private static void assertSaysNoSecret(ApplicationFailure failure) {
        assertThat(failure).hasNoCause();
        assertThat(failure.getOriginalMessage())
                .doesNotContain(CLIENT_SECRET, REFRESH_TOKEN, "the-client", "/tenant", "example.com");
    }
}
