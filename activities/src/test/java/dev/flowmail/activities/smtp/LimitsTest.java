package dev.flowmail.activities.smtp;

import static dev.flowmail.activities.smtp.ServerLimiter.WAITING_FOR_EACH_CONNECTION;
import static dev.flowmail.servers.ScriptedSmtpServer.DROP;
import static dev.flowmail.servers.ScriptedSmtpServer.HANG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.smtp.SmtpLimits.Rate;
import dev.flowmail.servers.ScriptedSmtpServer;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.common.Priority;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest extends WithMailServer {
    private final ExecutorService hands = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        hands.shutdownNow();
    }

    @Test
    void aServerIsLeftAloneBeyondItsLimitWhoeverSignsIn() throws Exception {
        server.offering("AUTH PLAIN").always(".", HANG);
        try (DirectSender sender = new DirectSender(new SmtpLimits(3, null))) {
            List<CompletableFuture<Delivery>> sent = IntStream.range(0, 3)
                    .mapToObj(user -> send(sender, mail("user-" + user)))
                    .toList();
            await().until(() -> server.mails().size() == 3);
            assertThat(sender.load()).isEqualTo(new SmtpLoad(3, 0, 0));

            ApplicationFailure busy = sender.fail(mail("user-3").build());
            assertThat(busy.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
            assertThat(busy.isNonRetryable()).isFalse();
            assertThat(busy.getNextRetryDelay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            assertThat(busy.getMessage()).contains("flowmail.smtp.connections");

            server.recover();
            server.release();
            sent.forEach(CompletableFuture::join);
            assertThat(sender.load().active()).isZero();
        }
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void connectionsThatOtherUsersLeftOpenAreClosedForTheNextOne() throws Exception {
        server.offering("AUTH PLAIN");
        try (DirectSender sender = new DirectSender(new SmtpLimits(2, null))) {
            for (int user = 0; user < 5; user++) {
                sender.send(mail("user-" + user).build());
                assertThat(sender.load().idle()).isLessThanOrEqualTo(2);
            }
        }
        assertThat(server.mails()).hasSize(5);
    }

    @Test
    void onlyAFewMailsWaitForOneServer() throws Exception {
        server.always("CONNECT", HANG);
        try (DirectSender sender = new DirectSender(new SmtpLimits(1, null))) {
            var first = send(sender, mail("user"));
            await().until(() -> server.connections() == 1);
            List<CompletableFuture<Delivery>> others = IntStream.range(0, 40)
                    .mapToObj(other -> send(sender, mail("user")))
                    .toList();
            // all but those that may wait go back at once, long before the server is given up
            await().until(() -> others.stream()
                            .filter(CompletableFuture::isCompletedExceptionally)
                            .count()
                    >= 40 - WAITING_FOR_EACH_CONNECTION);
            assertThat(first).isNotDone();
            assertThat(sender.load().waiting()).isLessThanOrEqualTo(WAITING_FOR_EACH_CONNECTION);
            assertThat(server.connections()).isEqualTo(1);
            server.close();
        }
    }

    @Test
    void anAttemptWithoutASuccessorWaitsForItsTurn() throws Exception {
        ScheduledExecutorService clock = Clock.start();
        ServerLimiter limiter = new ServerLimiter(new SmtpLimits(1, null));
        try (Attempt first = Attempt.unrecorded(clock, Duration.ofMinutes(1));
                Attempt second = Attempt.unrecorded(clock, Duration.ofMinutes(1))) {
            assertThat(limiter.enter(first)).isNull();
            var entering = CompletableFuture.supplyAsync(() -> entered(limiter, second), hands);
            await().until(() -> limiter.waiting() == 1);
            // not even a server that fails keeps it out
            limiter.isFailing(true);
            limiter.leave(first);
            assertThat(entering.join()).isTrue();
        } finally {
            clock.shutdownNow();
        }
    }

    private static boolean entered(ServerLimiter limiter, Attempt attempt) {
        try {
            return limiter.enter(attempt) == null;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void aServerThatFailsGetsOneMailAtATimeUntilItAnswersAgain() throws Exception {
        server.on("EHLO", DROP);
        try (DirectSender sender = new DirectSender(new SmtpLimits(8, null))) {
            sender.fail(mail("user").build());
            server.on("MAIL", HANG);
            var probing = send(sender, mail("user"));
            await().until(() -> !server.commands("MAIL").isEmpty());
            ApplicationFailure turnedAway = sender.fail(mail("user").build());
            assertThat(turnedAway.getNextRetryDelay()).isPositive();
            assertThat(server.connections()).isEqualTo(2);

            server.release();
            probing.join();
            sender.send(mail("user").build());
        }
        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void mailsBeyondTheRateComeBackOneAfterTheOther() throws Exception {
        try (DirectSender sender = new DirectSender(new SmtpLimits(8, Rate.parse("2/m")))) {
            sender.send(mail("user").build());
            Duration second = sender.fail(mail("user").build()).getNextRetryDelay();
            Duration third = sender.fail(mail("user").build()).getNextRetryDelay();
            assertThat(second).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
            assertThat(third.minus(second)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(31));
        }
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aTurnThatComesSoonIsWaitedFor() throws Exception {
        try (DirectSender sender = new DirectSender(new SmtpLimits(8, Rate.parse("10/s")))) {
            for (int mail = 0; mail < 5; mail++) {
                sender.send(mail("user").build());
            }
        }
        assertThat(server.mails()).hasSize(5);
    }

    @Test
    void theRateOfOneServerIsNotThatOfAnother() throws Exception {
        try (DirectSender sender = new DirectSender(new SmtpLimits(8, Rate.parse("1/h")));
                ScriptedSmtpServer other = new ScriptedSmtpServer()) {
            sender.send(mail("user").build());
            sender.send(TestMail.via(other.port()).to("a@example.com").build());
            assertThat(other.mails()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"5/s, 5, PT1S", "30 / m, 30, PT1M", "1000/h, 1000, PT1H"})
    void ratesAreReadAsPeopleWriteThem(String text, int mails, Duration period) {
        assertThat(Rate.parse(text)).isEqualTo(new Rate(mails, period));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "0/s", "-1/s", "5/d", "1.5/s", "5/min", "10000000/s"})
    void whatIsNoRateIsRefused(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneTenantsManyMailsDelayAnothersByOne() throws Exception {
        server.always(".", HANG);
        try (DirectSender sender = new DirectSender(new SmtpLimits(1, null))) {
            List<CompletableFuture<Delivery>> many = IntStream.range(0, 40)
                    .mapToObj(mail -> send(sender, "many", Urgency.PLAIN_MAIL))
                    .toList();
            await().until(() -> server.mails().size() == 1 && sender.load().waiting() == WAITING_FOR_EACH_CONNECTION);

            var few = send(sender, "few", Urgency.PLAIN_MAIL);
            await().until(() -> sender.load().waiting() == WAITING_FOR_EACH_CONNECTION + 1);
            server.recover();
            server.release();

            few.join();
            assertThat(server.mails().get(1)).contains("few-" + Urgency.PLAIN_MAIL + "@example.com");
            settle(many);
        }
    }

    @Test
    void ofOneTenantsMailsThoseThatAskForADecisionGoFirst() throws Exception {
        server.always(".", HANG);
        try (DirectSender sender = new DirectSender(new SmtpLimits(1, null))) {
            List<CompletableFuture<Delivery>> many = IntStream.range(0, 40)
                    .mapToObj(mail -> send(sender, "tenant", Urgency.PLAIN_MAIL))
                    .toList();
            await().until(() -> server.mails().size() == 1 && sender.load().waiting() == WAITING_FOR_EACH_CONNECTION);

            var decision = send(sender, "tenant", Urgency.DECISION);
            await().until(() -> sender.load().waiting() == WAITING_FOR_EACH_CONNECTION + 1);
            server.recover();
            server.release();

            decision.join();
            assertThat(server.mails().get(1)).contains("tenant-" + Urgency.DECISION + "@example.com");
            settle(many);
        }
    }

    @Test
    void mailsBeyondTheRateComeBackAfterTheirOwnTenantsOnly() throws Exception {
        try (DirectSender sender = new DirectSender(new SmtpLimits(8, Rate.parse("10/m")))) {
            sender.send(mail("user").build());
            for (int mail = 0; mail < 10; mail++) {
                send(sender, "many", Urgency.PLAIN_MAIL)
                        .exceptionally(busy -> null)
                        .join();
            }

            Throwable busy = send(sender, "few", Urgency.PLAIN_MAIL)
                    .handle((sent, failure) -> failure.getCause())
                    .join();

            assertThat(((ApplicationFailure) busy).getNextRetryDelay()).isLessThanOrEqualTo(Duration.ofSeconds(6));
        }
    }

    /** Most of them are to come again. */
    private static void settle(List<CompletableFuture<Delivery>> mails) {
        mails.forEach(mail -> mail.exceptionally(busy -> null).join());
    }

    private CompletableFuture<Delivery> send(DirectSender sender, String tenant, int rank) {
        Priority priority = Priority.newBuilder()
                .setFairnessKey(tenant)
                .setPriorityKey(rank)
                .build();
        TestMail mail = TestMail.via(server.port()).to(tenant + "-" + rank + "@example.com");
        return CompletableFuture.supplyAsync(() -> sender.send(mail.build(), priority), hands);
    }

    private CompletableFuture<Delivery> send(DirectSender sender, TestMail mail) {
        return CompletableFuture.supplyAsync(() -> sender.send(mail.build()), hands);
    }

    private TestMail mail(String user) {
        return TestMail.via(server.port()).signedIn(user, "secret").to("a@example.com");
    }
}
