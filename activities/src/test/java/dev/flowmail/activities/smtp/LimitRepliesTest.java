package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.mail.Delivery.Refused;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that have had enough for now, and say so as if it were for ever. */
class LimitRepliesTest extends ScriptedServerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL | 550 5.4.5 Daily user sending quota exceeded. gsmtp",
                ". | 550 5.4.5 Daily SMTP relay sending quota exceeded",
                ". | 554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process"
                        + " message",
                "RCPT | 554 5.7.0 Your message could not be sent. The limit on the number of allowed outgoing messages"
                        + " was exceeded. Try again later.",
                "DATA | 554 5.7.0 try again later",
                "RCPT | 550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit",
                "RCPT | 550 5.7.233 tenant external recipient rate limit exceeded",
                ". | 550 5.1.90 Your message can't be sent because you've reached your daily limit for message"
                        + " recipients",
                ". | 550 5.7.705 Access denied, tenant has exceeded threshold",
                "MAIL | 550 5.7.1 Hourly sending limit reached",
                "CONNECT | 554 5.7.0 too many connections from your address",
                "RCPT | 550 Too many recipients received this hour",
                ". | 550 Domain example.com has exceeded the max emails per hour (150/150 (100%)) allowed. Message"
                        + " discarded.",
                "DATA | 550 5.4.6 Unusual sending activity detected. Please try after sometime",
                "RCPT | 554 5.7.1 Sender address rejected: Policy Rejection- Quota Exceeded.",
                "MAIL | 550 Maximum number of messages per day exceeded",
                "RCPT | 550 5.7.1 Throttled; please retry in 10 minutes",
                "MAIL | 571 5.7.1 You have sent more than your plan allows today: 300 mails a day",
                ". | 554 Message rate limit exceeded, too many messages",
                "RCPT | 552 5.5.3 Too many recipients",
                "RCPT | 552 too many recipients",
                "RCPT | 452 4.5.3 Too many recipients"
            })
    void aLimitIsTriedAgain(String stage, String reply) {
        server.on(stage, reply);
        ApplicationFailure failure = sender.fail(mail().build());
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains(reply.substring(0, 3));
        assertThat(sender.send(mail().build()).refused()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL | 550 5.7.1 you may not send",
                "RCPT | 550 5.1.1 unknown user",
                "RCPT | 552 5.2.2 The email account that you tried to reach is over quota",
                "RCPT | 552 5.2.2 mailbox full",
                "RCPT | 552 mailbox quota exceeded",
                "RCPT | 554 5.7.1 no relaying",
                "DATA | 554 5.7.1 no",
                ". | 554 5.7.1 spam",
                ". | 552 5.3.4 message size limit exceeded",
                ". | 552 Message size exceeds maximum message limit",
                ". | 554 5.4.6 too many hops",
                ". | 554 5.4.6 Too many Received headers: mail loop",
                ". | 554 5.6.0 message has too many MIME parts",
                ". | 554 5.7.1 spam: too many links in the message",
                ". | 550 5.7.1 Content rejected. If you think that is wrong, try again after you removed the"
                        + " attachment",
                "RCPT | 550 5.7.1 the daily digest of this list takes no mails",
                "MAIL | 550 5.7.1 no more than 100 characters per subject",
                ". | 554 5.7.0 dangerous content",
                ". | 554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied"
            })
    void aRefusalStaysOne(String stage, String reply) {
        server.on(stage, reply);
        ApplicationFailure failure = sender.fail(mail().build());
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
    }

    @Test
    void aLimitIsTriedAgainSlowlyAndSaysWhatItIs() {
        server.on("MAIL", "550 5.4.5 Daily user sending quota exceeded");
        ApplicationFailure failure = sender.fail(mail().build());
        assertThat(failure.getOriginalMessage())
                .contains("limit", "slowly", "550 5.4.5 Daily user sending quota exceeded");
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pausesAtALimitDoubleUpToFiveMinutes() {
        Reply limit = Reply.of(Stage.MAIL, 550, "5.4.5 Daily user sending quota exceeded");

        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 1_000)
                        .mapToObj(attempt -> Faults.deferred(mail().build().server(), limit, attempt)
                                .getNextRetryDelay()
                                .toSeconds()))
                .containsExactly(30L, 60L, 120L, 240L, 300L, 300L, 300L);
    }

    @Test
    void aLimitIsKnownOnSeveralLinesToo() {
        server.on("MAIL", "550-5.4.5 Daily user sending limit exceeded.\r\n550 5.4.5 see support.google.com");
        assertThat(sender.fail(mail().build()).getNextRetryDelay()).isPositive();
    }

    @Test
    void aMailThatIsTooLargeIsFinalAndSaysWhatToDo() {
        server.on(".", "552 5.3.4 Message size exceeds fixed maximum message size");
        assertThat(sender.fail(mail().build()).getOriginalMessage()).contains("smaller files");
    }

    @ParameterizedTest
    @CsvSource({"552 5.5.3 Too many recipients", "452 4.5.3 Too many recipients", "550 5.5.3 recipient limit reached"})
    void whoWasTooManyGetsTheMailInTheNextTransaction(String reply) {
        TestMail mail = TestMail.via(server.port());
        IntStream.range(0, 60).forEach(person -> mail.to("p" + (10 + person) + "@example.com"));
        // the first 50 are taken, and then again all
        IntStream.range(60, 70).forEach(person -> server.on("RCPT TO:<p" + person + "@", reply));
        assertThat(sender.send(mail.build()).refused()).isEmpty();
        assertThat(server.mails()).hasSize(2);
        assertThat(server.commands("RCPT")).hasSize(70);
        assertThat(server.commands("RCPT").subList(60, 70))
                .containsExactlyElementsOf(IntStream.range(60, 70)
                        .mapToObj(person -> "RCPT TO:<p" + person + "@example.com>")
                        .toList());
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void whoIsRefusedBesideThemIsReportedAndNotAskedAgain() {
        server.on("RCPT TO:<b@", "550 5.1.1 unknown").on("RCPT TO:<c@", "552 5.5.3 too many recipients");
        assertThat(sender.send(mail().to("b@example.com", "c@example.com").build())
                        .refused())
                .extracting(Refused::address)
                .containsExactly("b@example.com");
        assertThat(server.commands("RCPT TO:<b@")).hasSize(1);
        assertThat(server.mails()).hasSize(2);
    }

    private TestMail mail() {
        return TestMail.via(server.port()).to("a@example.com");
    }
}
