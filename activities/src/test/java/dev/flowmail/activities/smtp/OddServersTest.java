package dev.flowmail.activities.smtp;

import static dev.flowmail.servers.ScriptedSmtpServer.DROP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.servers.DeafServer;
import dev.flowmail.servers.ScriptedSmtpServer;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that keep to the standard in their own way. */
@Execution(CONCURRENT)
class OddServersTest extends ScriptedServerTest {
    private static final EhloName NAME = new EhloName("mail.flow.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220-welcome\r\n220-we do not relay\r\n220 ESMTP ready",
                "220",
                "220 \u00fcber \u0000\u0007 mail",
                "220-\r\n220 "
            })
    void everyGreetingIsUnderstood(String greeting) {
        server.on("CONNECT", greeting);
        assertSent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "502 no", "504 no", "550 no", "501-syntax\r\n501 error"})
    void whoRefusesEhloIsGreetedByHelo(String refusal) {
        server.on("EHLO", refusal);
        assertSent();
        assertThat(server.commands("HELO")).containsExactly("HELO mail.flow.example");
    }

    @ParameterizedTest
    @CsvSource({"CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
    void whoClosesAtAnyStageIsTriedAgain(String stage) {
        server.offering("AUTH PLAIN").on(stage, "421 4.3.2 closing");
        ApplicationFailure failure =
                sender.fail(mail().signedIn("flow", "secret").build());
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("421 4.3.2 closing");
        assertThat(sender.send(mail().signedIn("flow", "secret").build()).refused())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH PLAIN",
                "auth login plain",
                "AUTH=PLAIN LOGIN",
                "AUTH=LOGIN",
                "AUTH=LOGIN PLAIN\r\n250-AUTH LOGIN PLAIN",
                "AUTH  GSSAPI  PLAIN ",
                "AUTH\tPLAIN",
                "AUTH CRAM-MD5 PLAIN\r\n250-AUTH=CRAM-MD5"
            })
    void signInIsFoundHoweverItIsOffered(String offer) {
        server.offering(offer)
                .on("AUTH LOGIN", "334 VXNlcm5hbWU6")
                .on("Zmxvdw==", "334 UGFzc3dvcmQ6")
                .on("c2VjcmV0", "235 in");
        assertThat(sender.send(mail().signedIn("flow", "secret").build()).refused())
                .isEmpty();
        assertThat(server.commands("AUTH")).hasSize(1);
    }

    @Test
    void whoWantsTheAnswerToPlainByItselfGetsIt() {
        server.offering("AUTH PLAIN").on("AUTH PLAIN", "334 ").on("Zmxvd", "235 in");
        assertThat(sender.send(mail().signedIn("flow", "secret").build()).refused())
                .isEmpty();
        assertThat(server.mails()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"EHLO", "MAIL", "RCPT", "DATA", "."})
    void anAnswerThatDoesNotEndIsGivenUp(String stage) {
        server.on(stage, "250-" + "padding\r\n250-".repeat(100_000) + "\r\n250 ok");
        ApplicationFailure failure = sender.fail(mail().build());
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).hasSizeLessThan(1_000);
        assertSent();
    }

    @Test
    void aLongAnswerIsCut() {
        server.on("RCPT", "550 5.1.1 " + "x".repeat(100_000));
        assertThat(sender.fail(mail().build()).getOriginalMessage())
                .contains("550 5.1.1 xxx")
                .hasSizeLessThan(1_000);
    }

    @Test
    void anAnswerInOddBytesIsShownOnOneLine() {
        server.on("RCPT", "550-\u0000\u0007\u001b[31m\r\n550 \u202enope \u00fc");
        assertThat(sender.fail(mail().build()).getOriginalMessage())
                .doesNotContainPattern("[\\p{Cntrl}\\u202e]")
                .contains("550", "nope");
    }

    @Test
    void whoClosesOnceAMailIsTakenGetsTheNextOneToo() throws IOException {
        for (int mail = 0; mail < 3; mail++) {
            assertSent();
            server.dropConnections();
        }
        assertThat(server.mails()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://flowmail:8080",
                "http://flow.localhost",
                "http://localhost.localdomain"
            })
    void aNameThatSaysNothingIsReplacedByTheAddress(String publicUrl) throws Exception {
        server.always("EHLO localhost", "421 4.7.0 try again later, closing connection (EHLO)");
        try (DirectSender unnamed =
                new DirectSender(SmtpLimits.USUAL, Rig::loopback, EhloName.of(URI.create(publicUrl)))) {
            assertThat(unnamed.send(mail().build()).refused()).isEmpty();
        }
        assertThat(server.commands("EHLO")).containsExactly("EHLO [127.0.0.1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.7.0 closing (EHLO)", DROP})
    void aFailureAtTheGreetingNamesTheName(String reply) {
        server.on("EHLO", reply);
        assertThat(sender.fail(mail().build()).getOriginalMessage())
                .contains("mail.flow.example", "FLOWMAIL_PUBLIC_URL");
    }

    @Test
    void aDeadFirstAddressCostsSecondsAndOnlyOnce() throws Exception {
        InetAddress dead = InetAddress.getByName("127.0.0.9");
        NetworkGuard guard = (host, port) -> List.of(dead, InetAddress.getLoopbackAddress());
        try (DeafServer deaf = new DeafServer(dead, server.port());
                DirectSender two = new DirectSender(SmtpLimits.USUAL, guard, NAME)) {
            assertThat(deaf.port()).isEqualTo(server.port());
            assertThat(timed(() -> two.send(mail().build()))).isLessThan(Duration.ofSeconds(12));
            server.offering("AUTH PLAIN");
            assertThat(timed(() -> IntStream.range(0, 20)
                            .forEach(user -> two.send(
                                    mail().signedIn("user-" + user, "secret").build()))))
                    .isLessThan(Duration.ofSeconds(12));
        }
        assertThat(server.mails()).hasSize(21);
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, HANG", "CONNECT, DROP", "CONNECT, 421 4.3.2 too busy", "EHLO, HANG", "EHLO, DROP"})
    void anAddressThatTakesConnectionsAndDoesNotTalkCostsNoAttempt(String stage, String reply) throws Exception {
        InetAddress mute = InetAddress.getByName("127.0.0.9");
        NetworkGuard guard = (host, port) -> List.of(mute, InetAddress.getLoopbackAddress());
        try (ScriptedSmtpServer other = new ScriptedSmtpServer(mute, server.port()).always(stage, reply);
                DirectSender two = new DirectSender(SmtpLimits.USUAL, guard, NAME)) {
            server.offering("AUTH PLAIN");
            Duration budget = Duration.ofSeconds(8);
            assertThat(timed(() -> assertThat(two.send(mail().build(), budget).refused())
                            .isEmpty()))
                    .isLessThan(budget);
            assertThat(two.send(mail().signedIn("flow", "secret").build(), budget)
                            .refused())
                    .isEmpty();
            assertThat(other.connections()).isEqualTo(1);
        }
        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void whatEachOfSeveralAddressesSaysIsToldOfTheLast() throws Exception {
        InetAddress first = InetAddress.getByName("127.0.0.9");
        NetworkGuard guard = (host, port) -> List.of(first, InetAddress.getLoopbackAddress());
        server.always("CONNECT", "421 4.3.2 busy here too");
        try (ScriptedSmtpServer other = new ScriptedSmtpServer(first, server.port()).always("CONNECT", DROP);
                DirectSender two = new DirectSender(SmtpLimits.USUAL, guard, NAME)) {
            ApplicationFailure failure = two.fail(mail().build());
            assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
            assertThat(failure.getOriginalMessage()).contains("421 4.3.2 busy here too");
            assertThat(other.connections()).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatRefusesWhoSignsInIsNotAskedAtItsOtherAddress() throws Exception {
        InetAddress first = InetAddress.getByName("127.0.0.9");
        NetworkGuard guard = (host, port) -> List.of(first, InetAddress.getLoopbackAddress());
        try (ScriptedSmtpServer other = new ScriptedSmtpServer(first, server.port()).offering("AUTH PLAIN");
                DirectSender two = new DirectSender(SmtpLimits.USUAL, guard, NAME)) {
            other.always("AUTH", "535 5.7.8 no");
            assertThat(two.fail(mail().signedIn("flow", "secret").build()).getType())
                    .isEqualTo(MailFailure.SMTP_AUTHENTICATION);
        }
        assertThat(server.connections()).isZero();
    }

    private static Duration timed(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void assertSent() {
        int before = server.mails().size();
        assertThat(sender.send(mail().build()).refused()).isEmpty();
        assertThat(server.mails()).hasSize(before + 1);
    }

    private TestMail mail() {
        return TestMail.via(server.port()).to("a@example.com");
    }
}
