package dev.flowmail.activities.smtp;

import static dev.flowmail.servers.ScriptedSmtpServer.HANG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.flowmail.workflows.mail.Delivery.Refused;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class AttemptTest extends WithMailServer {
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = Rig.beatingEvery(Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aSlowMailTellsWhatEarlierAttemptsReached() {
        server.on("CONNECT", HANG);
        Progress reached =
                new Progress(List.of("b@example.com"), List.of(new Refused("c@example.com", 550, "unknown")), null);
        rig.resume(reached);
        rig.fail(mail(), Duration.ofSeconds(3));
        assertThat(rig.heartbeats).isNotEmpty().containsOnly(reached);
    }

    @Test
    void aMailThatWaitsForTheServerStopsWhenItIsCancelled() {
        server.on("RCPT", HANG);
        CompletableFuture<Throwable> sent = CompletableFuture.supplyAsync(() -> catchThrowable(() -> rig.send(mail())));
        await().until(() -> !server.commands("RCPT").isEmpty());
        rig.temporal().requestCancelActivity();
        assertThat(sent.join()).isInstanceOf(CanceledFailure.class);
        assertThat(server.commands("DATA")).isEmpty();
    }

    @Test
    void aMailWhoseContentIsUnderWayIsNotStopped() {
        server.on(".", HANG);
        CompletableFuture<Object> sent = CompletableFuture.supplyAsync(() -> rig.send(mail()));
        await().until(() -> !server.mails().isEmpty());
        int before = rig.heartbeats.size();
        rig.temporal().requestCancelActivity();
        await().until(() -> rig.heartbeats.size() > before || sent.isDone());
        server.release();
        sent.join();
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void anAttachmentIsReadNoFasterThanTheServerTakesIt() {
        server.on("CONTENT", HANG);
        rig.files.generating("huge", 150_000_000);
        ApplicationFailure failure = rig.fail(
                recipients()
                        .attachment("huge.bin", "application/x-huge", "huge")
                        .build(),
                Duration.ofSeconds(4));
        assertThat(failure.getMessage()).contains("in time");
        assertThat(rig.files.generated()).isPositive().isLessThan(100_000_000);
    }

    private Mail mail() {
        return recipients().build();
    }

    private TestMail recipients() {
        return TestMail.via(server.port()).to("a@example.com", "b@example.com", "c@example.com");
    }
}
