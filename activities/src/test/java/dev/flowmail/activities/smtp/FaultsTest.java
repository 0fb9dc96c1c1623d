package dev.flowmail.activities.smtp;

import static dev.flowmail.servers.ScriptedSmtpServer.DROP;
import static dev.flowmail.servers.ScriptedSmtpServer.HANG;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.flowmail.activities.network.Guards;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Delivery.Refused;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FaultsTest extends WithMailServer {
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aBusyGreetingIsTriedAgain() {
        server.on("CONNECT", "421 4.3.2 too busy");
        assertRetried(rig.fail(mail().build()), "421 4.3.2 too busy");
    }

    @Test
    void aGreetingThatRefusesIsFinal() {
        server.on("CONNECT", "554 5.3.2 no mail here");
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_REFUSED, "554 5.3.2 no mail here");
    }

    @Test
    void aServerThatEndsAfterItsGreetingIsTriedAgain() {
        server.on("EHLO", DROP);
        assertRetried(rig.fail(mail().build()), "closed the connection");
    }

    @Test
    void aServerThatDoesNotKnowEhloGetsTheMailNevertheless() {
        server.on("EHLO", "502 what?");
        assertThat(rig.send(mail().build()).refused()).isEmpty();
        assertThat(server.commands("HELO")).isNotEmpty();
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws IOException {
        server.close();
        assertRetried(rig.fail(mail().build()), "cannot be reached");
    }

    @Test
    void aServerThatSpeaksNoSmtpIsTriedAgain() {
        server.on("CONNECT", "hello there");
        assertRetried(rig.fail(mail().build()), "not SMTP");
    }

    @Test
    void aHostThatIsNotKnownIsTriedAgain() throws Exception {
        try (Rig unknown = Rig.guardedBy((host, port) -> {
            throw new UnknownHostException(host);
        })) {
            assertRetried(unknown.fail(mail().build()), "check Host");
        }
    }

    @Test
    void whetherANameIsUnknownOrOutOfBoundsIsNotTold() throws Exception {
        try (Rig unknown = Rig.guardedBy((host, port) -> {
                    throw new UnknownHostException(host);
                });
                Rig inner = Rig.guardedBy((host, port) -> {
                    throw new AddressRefusedException(host);
                })) {
            assertThat(unknown.fail(mail().build()).getOriginalMessage())
                    .isEqualTo(inner.fail(mail().build()).getOriginalMessage());
        }
    }

    @Test
    void anotherPortThanTheOneThatIsAllowedIsOutOfBounds() throws Exception {
        try (Rig guarded = Rig.guardedBy(Guards.allowing("127.0.0.1:1", "localhost:1"))) {
            assertFinal(guarded.fail(mail().build()), MailFailure.NETWORK_REFUSED, "FLOWMAIL_NETWORK_ALLOW");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void anAddressOutOfBoundsIsFinal() throws Exception {
        try (Rig guarded = Rig.guardedBy((host, port) -> {
            throw new AddressRefusedException(host);
        })) {
            assertFinal(guarded.fail(mail().build()), MailFailure.NETWORK_REFUSED, "FLOWMAIL_NETWORK_ALLOW");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneDoesNotAnswer() throws Exception {
        // the server listens on the loopback address only
        InetAddress deaf = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
        try (Rig two = Rig.guardedBy((host, port) -> List.of(deaf, InetAddress.getLoopbackAddress()))) {
            assertThat(two.send(mail().build()).refused()).isEmpty();
        }
    }

    @Test
    void aRefusedSignInIsFinalAndNamesTheSettings() {
        server.offering("AUTH PLAIN LOGIN").on("AUTH", "535 5.7.8 bad credentials");
        ApplicationFailure failure =
                rig.fail(mail().signedIn("flow", "s3cret-word").build());
        assertFinal(failure, MailFailure.SMTP_AUTHENTICATION, "Username and Password: 535 5.7.8 bad credentials");
        assertThat(failure.getMessage()).doesNotContain("s3cret-word");
    }

    @Test
    void aSignInThatIsNotPossibleNowIsTriedAgain() {
        server.offering("AUTH PLAIN LOGIN").on("AUTH", "454 4.7.0 later");
        assertRetried(rig.fail(mail().signedIn("flow", "secret").build()), "454 4.7.0 later");
    }

    @Test
    void aConnectionLostDuringSignInIsTriedAgain() {
        server.offering("AUTH PLAIN LOGIN").on("AUTH", DROP);
        assertRetried(rig.fail(mail().signedIn("flow", "secret").build()), "closed the connection");
    }

    @Test
    void aSignInOfUnknownKindIsFinal() {
        server.offering("AUTH GSSAPI");
        assertFinal(
                rig.fail(mail().signedIn("flow", "secret").build()),
                MailFailure.SMTP_AUTHENTICATION,
                "no way to sign in");
    }

    @Test
    void aServerThatOffersNoSignInGetsTheMailWithoutOne() {
        rig.send(mail().signedIn("flow", "secret").build());
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void nothingOfAMailIsLoggedHoweverMuchIsAskedFor() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = handler(logged);
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("dev.flowmail.activities.smtp");
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        root.addHandler(handler);
        var logback = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("dev.flowmail");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logback.setLevel(ch.qos.logback.classic.Level.TRACE);
        logback.addAppender(appender);
        try {
            server.offering("AUTH PLAIN").on("RCPT TO:<b@", "550 <b@example.com> unknown");
            rig.send(mail().to("b@example.com").signedIn("flow", "s3cret-word").build());
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
            ours.setLevel(null);
            logback.detachAppender(appender);
            logback.setLevel(null);
        }
        appender.list.forEach(event -> logged.add(event.getFormattedMessage()));
        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains("example.com") || line.contains("Please look"));
    }

    @Test
    void aServerThatWantsASignInFirstIsFinalAndNamesTheSettings() {
        server.on("MAIL", "530 5.7.57 not authenticated");
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_AUTHENTICATION, "Username, Password and Transport");
    }

    @Test
    void aDeferredSenderIsTriedAgain() {
        server.on("MAIL", "451 4.3.0 later");
        assertRetried(rig.fail(mail().build()), "451 4.3.0 later");
    }

    @Test
    void aRefusedSenderIsFinal() {
        server.on("MAIL", "550 5.7.1 <flow@example.com> may not send");
        ApplicationFailure failure = rig.fail(mail().build());
        assertFinal(failure, MailFailure.SMTP_REFUSED, "550 5.7.1 <(address)> may not send");
    }

    @Test
    void onlyTheRecipientThatWasDeferredGetsTheSecondAttempt() {
        server.on("RCPT TO:<b@", "451 4.7.1 greylisted");
        TestMail three = mail().to("b@example.com", "c@example.com");

        assertRetried(rig.fail(three.build()), "451 4.7.1 greylisted");
        Progress reached = rig.heartbeats.get(rig.heartbeats.size() - 1);
        assertThat(reached.accepted()).containsExactly("a@example.com", "c@example.com");

        server.commands().clear();
        rig.resume(reached);
        assertThat(rig.send(three.build()).refused()).isEmpty();
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<b@example.com>");
        assertThat(messageId(server.mails().get(1)))
                .isEqualTo(messageId(server.mails().get(0)));
        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void aRefusedRecipientIsReportedWithItsCode() {
        server.on("RCPT TO:<b@", "550-5.1.1 unknown\r\n550 5.1.1 <b@example.com>");
        Delivery delivery = rig.send(mail().to("b@example.com").build());
        assertThat(delivery.refused())
                .containsExactly(new Refused("b@example.com", 550, "5.1.1 unknown 5.1.1 <b@example.com>"));
        assertThat(server.mails()).hasSize(1);
        assertThat(rig.heartbeats).isEmpty();
    }

    @Test
    void aRefusalIsRememberedWhileAnotherRecipientIsDeferred() {
        server.on("RCPT TO:<b@", "550 unknown").on("RCPT TO:<c@", "450 busy");
        TestMail three = mail().to("b@example.com", "c@example.com");
        assertRetried(rig.fail(three.build()), "450 busy");

        server.commands().clear();
        rig.resume(rig.heartbeats.get(0));
        assertThat(rig.send(three.build()).refused()).extracting(Refused::code).containsExactly(550);
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<c@example.com>");
    }

    @Test
    void aMailThatEveryRecipientRefusesIsFinalAndTellsWho() {
        server.on("RCPT", "550 5.1.1 <a@example.com> unknown", "552 5.2.2 <b@example.com> is full");
        ApplicationFailure failure = rig.fail(mail().to("b@example.com").build());
        assertFinal(failure, MailFailure.SMTP_REFUSED, "552 5.2.2 <(address)> is full");
        assertThat(failure.getDetails().get(Delivery.class).refused())
                .extracting(Refused::address)
                .containsExactly("a@example.com", "b@example.com");
        assertThat(server.commands("DATA")).isEmpty();
    }

    @Test
    void aMailThatNobodyCanHaveYetIsTriedAgain() {
        server.on("RCPT", "450 4.2.0 busy", "550 5.1.1 unknown");
        assertRetried(rig.fail(mail().to("b@example.com").build()), "450 4.2.0 busy");
        assertThat(rig.heartbeats.get(0).refused()).extracting(Refused::address).containsExactly("b@example.com");
    }

    @Test
    void anAttemptWithNobodyLeftTalksToNoServer() {
        rig.resume(new Progress(List.of("a@example.com"), List.of(new Refused("b@example.com", 550, "no")), null));
        assertThat(rig.send(mail().to("b@example.com").build()).refused()).hasSize(1);
        assertThat(server.connections()).isZero();
    }

    @Test
    void deferredContentIsTriedAgain() {
        server.on("DATA", "451 4.3.0 later");
        assertRetried(rig.fail(mail().build()), "451 4.3.0 later");
        server.on(".", "452 4.3.1 full");
        assertRetried(rig.fail(mail().build()), "452 4.3.1 full");
        assertThat(rig.heartbeats)
                .isNotEmpty()
                .allSatisfy(progress -> assertThat(progress.accepted()).isEmpty());
    }

    @Test
    void refusedContentIsFinal() {
        server.on("DATA", "554 5.7.1 no");
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_REFUSED, "554 5.7.1 no");
        server.on(".", "552 5.3.4 too big");
        assertFinal(rig.fail(mail().build()), MailFailure.SMTP_REFUSED, "552 5.3.4 too big");
    }

    @Test
    void anOddAnswerToDataIsNotTakenForSuccess() {
        server.on("DATA", "250 fine");
        assertThat(rig.fail(mail().build()).isNonRetryable()).isFalse();
    }

    @Test
    void aConnectionLostInTheContentIsTriedAgain() {
        server.on("CONTENT", DROP);
        // more than fits between the two
        rig.files.generating("huge", 50_000_000);
        assertRetried(
                rig.fail(mail().attachment("huge.bin", "application/x-huge", "huge")
                        .build()),
                "lost");
    }

    @Test
    void aShortMailThatIsLostMayHaveBeenTaken() {
        server.on("CONTENT", DROP);
        assertUnconfirmed(rig.fail(mail().build()));
    }

    @Test
    void aConnectionLostAfterTheFinalDotIsTriedAgain() {
        server.on(".", DROP);
        assertUnconfirmed(rig.fail(mail().build()));
        assertThat(rig.send(mail().build()).refused()).isEmpty();
        assertThat(messageId(server.mails().get(1)))
                .isEqualTo(messageId(server.mails().get(0)));
    }

    @Test
    void aServerThatSaysNothingIsGivenUpBeforeTheAttemptsTimeIsOver() {
        server.on("CONNECT", HANG);
        assertRetried(rig.fail(mail().build(), Duration.ofSeconds(3)), "in time");
        server.on("MAIL", HANG);
        assertRetried(rig.fail(mail().build(), Duration.ofSeconds(3)), "in time");
    }

    @Test
    void aServerThatNeverConfirmsAMailIsGivenUpAndMayHaveIt() {
        server.on(".", HANG);
        assertUnconfirmed(rig.fail(mail().build(), Duration.ofSeconds(3)));
    }

    @Test
    void aServerThatClosesInsteadOfTakingTheMailHasNotTakenIt() {
        server.on(".", "421 4.3.2 going down");
        assertRetried(rig.fail(mail().build()), "421 4.3.2 going down");
    }

    @Test
    void aMailLargerThanTheServerTakesIsFinal() {
        server.offering("SIZE 1000");
        rig.files.with("file", new byte[2000]);
        assertFinal(
                rig.fail(mail().attachment("big", null, "file").build()),
                MailFailure.SMTP_REFUSED,
                "at most 1000 bytes");
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void aFileThatIsNotHereIsTriedAgainWithoutAskingTheServer() {
        ApplicationFailure failure =
                rig.fail(mail().attachment("a.pdf", null, "gone").build());
        assertThat(failure.getType()).isEqualTo(MailFailure.ATTACHMENT_MISSING);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(server.connections()).isZero();
    }

    @Test
    void noFailureNamesARecipient() {
        server.on("RCPT", "450 4.2.0 <a@example.com>: busy");
        assertThat(rig.fail(mail().build()))
                .hasNoCause()
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("a@example.com"));
    }

    private TestMail mail() {
        return TestMail.via(server.port()).to("a@example.com");
    }

    private static Handler handler(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(String.valueOf(entry.getMessage()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void assertRetried(ApplicationFailure failure, String says) {
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains(says);
    }

    private static void assertUnconfirmed(ApplicationFailure failure) {
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNCONFIRMED);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("unknown");
    }

    private static void assertFinal(ApplicationFailure failure, String type, String says) {
        assertThat(failure.getType()).isEqualTo(type);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains(says);
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
