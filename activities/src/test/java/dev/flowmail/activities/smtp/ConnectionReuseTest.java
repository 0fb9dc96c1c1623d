package dev.flowmail.activities.smtp;

import static dev.flowmail.servers.ScriptedSmtpServer.DROP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.workflows.mail.Mail;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionReuseTest extends WithMailServer {
    private static final Duration HOUR = Duration.ofHours(1);

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
    void theNextMailGoesOverTheSameConnection() {
        send(3);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.mails()).hasSize(3);
    }

    @Test
    void aRefusedMailLeavesTheConnectionUsable() {
        server.on("RCPT", "550 unknown");
        rig.fail(mail());
        send(1);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands()).contains("RSET");
    }

    @Test
    void anotherUserGetsAnotherConnection() {
        server.offering("AUTH PLAIN");
        TestMail mail = TestMail.via(server.port()).to("a@example.com");
        rig.send(mail.signedIn("one", "secret").build());
        rig.send(mail.signedIn("one", "other secret").build());
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.commands("AUTH")).hasSize(2);
    }

    @Test
    void aConnectionThatDiedMeanwhileIsReplacedUnnoticed() throws IOException {
        send(1);
        server.dropConnections();
        send(1);
        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatTheServerClosesOnTheNextSenderIsReplacedUnnoticed() {
        send(1);
        server.on("MAIL", "421 4.4.2 idle for too long");
        send(1);
        server.on("MAIL", DROP);
        send(1);
        assertThat(server.mails()).hasSize(3);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void aConnectionThatDiesOnceTheSenderIsTakenIsNotReplacedUnnoticed() {
        send(1);
        server.on("RCPT", DROP);
        rig.fail(mail());
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionThatRestedIsProbedAndReplacedUnnoticedWhenItIsDead() throws Exception {
        try (Rig suspicious = Rig.at(new Pace(HOUR, HOUR, Duration.ZERO))) {
            suspicious.send(mail());
            suspicious.send(mail());
            assertThat(server.commands("NOOP")).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
            server.on("NOOP", "421 4.4.2 idle for too long", DROP);
            suspicious.send(mail());
            suspicious.send(mail());
        }
        assertThat(server.mails()).hasSize(4);
        assertThat(server.connections()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 4.7.1 too many mails in this session",
                "451 4.3.0 later",
                "530 5.7.57 not authenticated",
                "503 5.5.1 bad sequence",
                "554 5.7.0 no more in this session"
            })
    void aRefusalOfTheSenderOnAKeptConnectionIsTriedAtOnceOnAFreshOne(String refusal) {
        send(1);
        server.on("MAIL", refusal);
        send(2);
        assertThat(server.mails()).hasSize(3);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aRefusalOfTheSenderOnAFreshConnectionIsBelieved() {
        send(1);
        server.on("MAIL", "550 5.7.1 no", "550 5.7.1 still no");
        assertThat(rig.fail(mail()).getOriginalMessage()).contains("still no");
        assertThat(server.commands("MAIL")).hasSize(3);
        server.on("MAIL", "451 4.3.0 later");
        try (Rig fresh = Rig.start()) {
            assertThat(fresh.fail(mail()).getOriginalMessage()).contains("451 4.3.0 later");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
        assertThat(server.commands("MAIL")).hasSize(4);
    }

    @Test
    void aConnectionIsUsedForAHundredMailsAtMost() {
        send(100);
        assertThat(server.connections()).isEqualTo(1);
        send(1);
        assertThat(server.connections()).isEqualTo(2);
        await().until(() -> server.commands().contains("QUIT"));
    }

    @Test
    void aConnectionThatNobodyUsesIsClosed() throws Exception {
        try (Rig brisk = Rig.at(new Pace(HOUR, Duration.ofMillis(100), HOUR))) {
            brisk.send(mail());
            await().until(() -> server.commands().contains("QUIT"));
        }
    }

    @Test
    void openConnectionsAreClosedAtTheEnd() throws Exception {
        try (Rig brief = Rig.start()) {
            brief.send(mail());
            assertThat(server.commands("QUIT")).isEmpty();
        }
        await().until(() -> server.commands().contains("QUIT"));
    }

    @Test
    void manyMailsAtOnceShareAFewConnections() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(20);
        try {
            Callable<Object> one = () -> rig.send(mail());
            List<Future<Object>> sent = senders.invokeAll(
                    IntStream.range(0, 60).mapToObj(each -> one).toList());
            for (Future<Object> each : sent) {
                each.get();
            }
        } finally {
            senders.shutdownNow();
        }
        assertThat(server.mails()).hasSize(60);
        assertThat(server.connections()).isBetween(1, 8);
    }

    private void send(int mails) {
        for (int mail = 0; mail < mails; mail++) {
            assertThat(rig.send(mail()).refused()).isEmpty();
        }
    }

    private Mail mail() {
        return TestMail.via(server.port()).to("a@example.com").build();
    }
}
