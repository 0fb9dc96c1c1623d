package dev.flowmail.activities.smtp;

import static dev.flowmail.activities.oauth2.TokenServer.CLIENT_SECRET;
import static dev.flowmail.activities.oauth2.TokenServer.REFRESH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.oauth2.TokenServer;
import dev.flowmail.servers.ScriptedSmtpServer;
import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TokenSignInTest extends WithMailServer {
    private static final String MAILBOX = "flows@example.com";

    private TokenServer tokens;
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        tokens = new TokenServer();
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
        tokens.close();
    }

    @Test
    void theServerIsGivenMailboxAndAccessToken() {
        server.offering("AUTH PLAIN LOGIN XOAUTH2");
        assertThat(rig.send(mail().build()).refused()).isEmpty();

        assertThat(signIns()).containsExactly("user=" + MAILBOX + "\1auth=Bearer token-1\1\1");
        assertThat(tokens.forms())
                .singleElement()
                .satisfies(form -> assertThat(form)
                        .containsEntry("grant_type", "refresh_token")
                        .containsKey("refresh_token"));
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void clientCredentialsDoAsWell() {
        server.offering("AUTH XOAUTH2");
        rig.send(mail(tokens.byClientCredentials("https://outlook.office365.com/.default")));

        assertThat(tokens.forms())
                .singleElement()
                .satisfies(form -> assertThat(form).containsEntry("grant_type", "client_credentials"));
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void manyMailsNeedOneToken() throws IOException {
        server.offering("AUTH XOAUTH2");
        for (int number = 0; number < 5; number++) {
            rig.send(mail().id("mail-" + number).build());
            server.dropConnections();
        }
        assertThat(server.commands("AUTH")).hasSize(5);
        assertThat(tokens.forms()).hasSize(1);
    }

    @Test
    void mailsAtTheSameTimeNeedOneToken() throws Exception {
        server.offering("AUTH XOAUTH2");
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Object>> mails = IntStream.range(0, 20)
                    .<Callable<Object>>mapToObj(
                            number -> () -> rig.send(mail().id("mail-" + number).build()))
                    .toList();
            for (Future<Object> sent : threads.invokeAll(mails)) {
                sent.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.mails()).hasSize(20);
        assertThat(tokens.forms()).hasSize(1);
    }

    @Test
    void aTokenThatIsNotAcceptedAnyMoreIsReplaced() throws IOException {
        server.offering("AUTH XOAUTH2");
        rig.send(mail().id("first").build());
        server.dropConnections();

        server.on("AUTH", "535 5.7.3 Authentication unsuccessful");
        rig.send(mail().id("second").build());
        assertThat(server.mails()).hasSize(2);
        assertThat(tokens.forms()).hasSize(2);
        assertThat(signIns().get(2)).contains("Bearer token-2");

        int connections = server.connections();
        rig.send(mail().id("third").build());
        assertThat(server.connections())
                .as("the connection outlives the token that opened it")
                .isEqualTo(connections);
    }

    @Test
    void aSecondRefusalIsFinal() {
        server.offering("AUTH XOAUTH2").on("AUTH", "535 5.7.0 no", "535 5.7.0 still <" + MAILBOX + "> no", "235 yes");
        assertFinal(
                rig.fail(mail().build()),
                MailFailure.SMTP_AUTHENTICATION,
                "did not accept the OAuth2 access token for Username: 535 5.7.0 still <(address)> no");
        assertThat(tokens.forms()).hasSize(2);
        assertThat(server.commands("AUTH")).hasSize(2);
    }

    @Test
    void theChallengeOfARefusalIsAnsweredSoThatTheServerSaysWhy() {
        String challenge = Base64.getEncoder()
                .encodeToString("{\"status\":\"401\",\"schemes\":\"bearer\"}".getBytes(StandardCharsets.UTF_8));
        server.offering("AUTH XOAUTH2")
                .on("AUTH", "334 " + challenge, "334 " + challenge)
                .on(ScriptedSmtpServer.EMPTY, "535 5.7.8 not accepted", "535-5.7.8 not\r\n535 5.7.8 accepted - gsmtp");
        ApplicationFailure failure = rig.fail(mail().build());

        assertFinal(failure, MailFailure.SMTP_AUTHENTICATION, "535 5.7.8 not 5.7.8 accepted - gsmtp");
        assertThat(failure.getOriginalMessage()).doesNotContain(challenge);
        assertThat(tokens.forms()).hasSize(2);
    }

    @Test
    void aChallengeAndANewTokenMakeASignIn() {
        server.offering("AUTH XOAUTH2").on("AUTH", "334 e30=").on(ScriptedSmtpServer.EMPTY, "535 5.7.8 not accepted");
        rig.send(mail().build());
        assertThat(server.mails()).hasSize(1);
        assertThat(signIns()).last().asString().contains("token-2");
    }

    @Test
    void aRefusalThatNoTokenMendsIsFinalAtOnce() {
        server.offering("AUTH XOAUTH2").on("AUTH", "550 5.7.30 Basic authentication is not supported");
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_AUTHENTICATION, "550 5.7.30");
        assertThat(tokens.forms()).hasSize(1);
    }

    @Test
    void aSignInThatIsNotPossibleNowIsTriedAgainWithTheSameToken() {
        server.offering("AUTH XOAUTH2").on("AUTH", "454 4.7.0 later");
        assertRetried(rig.fail(mail().build()), "454 4.7.0 later");
        rig.send(mail().build());
        assertThat(tokens.forms()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH PLAIN LOGIN", "SIZE"})
    void aServerWithoutXoauth2IsFinal(String offer) {
        server.offering(offer);
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_AUTHENTICATION, "does not offer XOAUTH2");
        assertThat(server.commands("AUTH")).isEmpty();
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void aPasswordIsNeverSentAsAToken() {
        server.offering("AUTH XOAUTH2");
        assertFinal(
                rig.fail(TestMail.via(server.port())
                        .to("a@example.com")
                        .signedIn(MAILBOX, "password")
                        .build()),
                MailFailure.SMTP_AUTHENTICATION,
                "no way to sign in");
        assertThat(server.commands("AUTH")).isEmpty();
    }

    @Test
    void aTokenThatTheEndPointRefusesEndsTheMailBeforeTheServerIsAsked() {
        tokens.answers(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + REFRESH_TOKEN + "\"}");
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_AUTHENTICATION, "invalid_grant: OAuth2 Refresh Token");
        assertThat(server.connections()).isZero();
    }

    @Test
    void anEndPointThatIsDownIsTriedAgain() {
        OAuth2 client = tokens.refreshing(null);
        tokens.close();
        assertRetried(rig.fail(mail(client)), "The token endpoint localhost:" + tokens.port());
    }

    @Test
    void anEndPointOutOfBoundsIsFinal() throws Exception {
        try (Rig guarded = Rig.guardedBy((host, port) -> {
            if (host.equals("tokens.internal")) {
                throw new AddressRefusedException(host);
            }
            return Rig.loopback(host, port);
        })) {
            OAuth2 client = new OAuth2("http://tokens.internal:" + tokens.port(), "id", "secret", null, null);
            assertFinal(guarded.fail(mail(client)), MailFailure.NETWORK_REFUSED, "FLOWMAIL_NETWORK_ALLOW");
        }
        assertThat(tokens.forms()).isEmpty();
    }

    @Test
    void aTokenIsGivenOnlyOverTheTransportChosen(@TempDir Path directory) throws Exception {
        server.offering("AUTH XOAUTH2");
        Mail secured = TestMail.via(server.port(), Transport.TLS)
                .to("a@example.com")
                .signedIn(MAILBOX, tokens.refreshing(null))
                .build();
        assertFinal(rig.fail(secured), MailFailure.SMTP_TLS, "STARTTLS");
        assertThat(server.commands("AUTH")).isEmpty();

        TestCertificate certificate = TestCertificate.forName(directory, "localhost");
        server.withStartTls(certificate.server());
        try (Rig trusting = Rig.trusting(certificate.client())) {
            trusting.send(secured);
        }
        assertThat(server.commands())
                .filteredOn(command -> command.equals("STARTTLS") || command.startsWith("AUTH"))
                .element(0)
                .isEqualTo("STARTTLS");
        assertThat(signIns()).hasSize(1);
    }

    @Test
    void nothingSecretIsLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        List<Logger> loggers = List.of(
                (Logger) LoggerFactory.getLogger("dev.flowmail"), (Logger) LoggerFactory.getLogger("com.nimbusds"));
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        loggers.forEach(logger -> logger.setLevel(Level.TRACE));
        try {
            server.offering("AUTH XOAUTH2").on("AUTH", "535 no", "535 no");
            rig.fail(mail().build());
            rig.send(mail().build());
            tokens.answers(401, "{\"error\":\"invalid_client\"}");
            rig.fail(mail(tokens.byClientCredentials(null)));
        } finally {
            root.detachAppender(logged);
            loggers.forEach(logger -> logger.setLevel(null));
        }
        assertThat(logged.list)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(event -> assertThat(event.getFormattedMessage())
                        .doesNotContain("token-", CLIENT_SECRET, REFRESH_TOKEN, "the-client", "@example.com"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        550 5.7.30 Basic authentication is not supported for Client Submission. | enter the OAuth2 values
        535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | enable Authenticated SMTP
        535 5.7.3 Authentication unsuccessful [X.PROD.OUTLOOK.COM] | check Username and Password
        534 5.7.9 Application-specific password required. | app password
        535 5.7.8 Username and Password not accepted. | app password
        """)
    void commonRefusalsOfPasswordsAreExplained(String said, String advice) {
        server.offering("AUTH LOGIN PLAIN").on("AUTH", said);
        Mail mail = TestMail.via(server.port())
                .to("a@example.com")
                .signedIn(MAILBOX, "password")
                .build();
        assertFinal(rig.fail(mail), MailFailure.SMTP_AUTHENTICATION, said, advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | OAuth2 needs it too
        535 5.7.3 Authentication unsuccessful [X.PROD.OUTLOOK.COM] | SMTP.SendAsApp
        535 5.7.8 Username and Password not accepted. | https://mail.google.com/
        """)
    void commonRefusalsOfTokensAreExplained(String said, String advice) {
        server.offering("AUTH XOAUTH2").on("AUTH", said, said);
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_AUTHENTICATION, said, advice);
    }

    @Test
    void aRefusedSenderIsExplained() {
        server.on("MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender");
        assertFinal(
                rig.fail(TestMail.via(server.port()).to("a@example.com").build()),
                MailFailure.SMTP_REFUSED,
                "to send as this sender. Give Username the right to send as From");
    }

    private TestMail mail() {
        return TestMail.via(server.port()).to("a@example.com").signedIn(MAILBOX, tokens.refreshing(null));
    }

    private Mail mail(OAuth2 client) {
        return mail().signedIn(MAILBOX, client).build();
    }

    /** What was said with AUTH, decoded. */
    private List<String> signIns() {
        return server.commands("AUTH XOAUTH2 ").stream()
                .map(command -> Base64.getDecoder().decode(command.substring("AUTH XOAUTH2 ".length())))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private static void assertFinal(ApplicationFailure failure, String type, String... says) {
        assertThat(failure.getOriginalMessage())
                .contains(says)
                .doesNotContain("token-", CLIENT_SECRET, REFRESH_TOKEN, MAILBOX);
        assertThat(failure.getType()).isEqualTo(type);
        assertThat(failure.isNonRetryable()).isTrue();
    }

    private static void assertRetried(ApplicationFailure failure, String says) {
        assertThat(failure.getOriginalMessage()).contains(says);
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
    }
}
