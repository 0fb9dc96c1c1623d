package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import io.temporal.common.Priority;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LargeBodiesTest {
    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        server.start();
        rig = Rig.writingRealMails(SSLContext.getDefault());
    }

    @AfterEach
    void stop() {
        rig.close();
        server.stop();
    }

    @Test
    void aStoredBodyIsMadeOnceForAllMailsOfARequestAndArrivesWhole() throws Exception {
        String html = "<p>Größe</p>\n".repeat(50_000);
        rig.files.with("html", html);
        rig.send(mail(0).build());
        // what was made is read from now on
        rig.files.with("html", "<p>other</p>");
        rig.send(mail(1).build());

        for (MimeMessage message : server.getReceivedMessages()) {
            MimeMultipart alternative = (MimeMultipart) message.getContent();
            String received = alternative.getBodyPart(1).getContent().toString();
            assertThat(received).contains(html.strip().replace("\n", "\r\n"));
            assertThat(received.indexOf("/decide/")).isLessThan(100_000);
            assertThat(alternative.getBodyPart(0).getContent().toString())
                    .startsWith("Größe\r\n\r\nGröße")
                    .contains("/decide/code-", "3 people are asked, 2 must agree.", "1 answer “Reject” ends it.");
            assertThat(received).contains("bgcolor=\"#146c3a\"", "bgcolor=\"#b3261e\"");
        }
        assertThat(server.getReceivedMessages()).hasSize(2);
    }

    @Test
    void aStoredPlainBodyArrivesWhole() throws Exception {
        String html = "<p>Größe</p>\n".repeat(50_000);
        rig.files.with("html", html);
        rig.send(TestMail.via(server.getSmtp().getPort())
                .to("b@example.com")
                .text(null)
                .html(Content.stored("html"))
                .build());

        MimeMultipart alternative = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo(html.replace("\n", "\r\n"));
    }

    @Test
    void aStoredBodyKeepsItsPictures() throws Exception {
        rig.files.with(
                "html", "<p><img src='data:image/gif;base64,R0lG' alt=a><img src='data:image/png;base64,iVBORw=='>");
        rig.send(mail(0).build());

        MimeMultipart alternative = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        MimeMultipart related = (MimeMultipart) alternative.getBodyPart(1).getContent();
        assertThat(related.getCount()).isEqualTo(3);
        assertThat(related.getBodyPart(1).getInputStream()).hasContent("GIF");
        assertThat(related.getBodyPart(2).getContentType()).startsWith("image/png");
    }

    @Test
    void aMailOfWhichThreeAttemptsDiedFailsWithASentence() {
        rig.files.with("html", "<p>x</p>");
        rig.resume(Progress.NONE.withDeaths(3));

        ApplicationFailure failure = rig.fail(mail(0).build());

        assertThat(failure.getType()).isEqualTo(MailFailure.BODY_REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("3 attempts", "smaller");
    }

    @Test
    void theAttemptIsCountedBeforeItMayDie() {
        rig.files.with("html", "<p>x</p>");
        rig.resume(Progress.NONE.withDeaths(1));
        rig.send(mail(0).build());

        assertThat(rig.heartbeats).isNotEmpty();
        assertThat(rig.heartbeats.get(0).died()).isEqualTo(2);
    }

    @Test
    void onlyWhoseAttemptsDiedIsComposedAlone() {
        ScheduledExecutorService clock = Clock.start();
        try (Attempt first = attempt(Progress.NONE, clock);
                Attempt second = attempt(Progress.NONE.withDeaths(1), clock)) {
            first.deaths().mayDieOfIt(true);
            second.deaths().mayDieOfIt(true);

            assertThat(first.deaths().isAlone()).isFalse();
            assertThat(second.deaths().isAlone()).isTrue();
            assertThat(first.deaths().diedOf(new StackOverflowError()).isNonRetryable())
                    .isFalse();
            assertThat(first.progress().died()).isEqualTo(1);
            assertThat(attempt(Progress.NONE.withDeaths(2), clock)
                            .deaths()
                            .diedOf(new OutOfMemoryError())
                            .isNonRetryable())
                    .isTrue();
        } finally {
            clock.shutdownNow();
        }
    }

    private static Attempt attempt(Progress progress, ScheduledExecutorService clock) {
        return new Attempt(
                heartbeat -> {},
                progress,
                1,
                false,
                Priority.getDefaultInstance(),
                Duration.ofMinutes(15),
                clock,
                Duration.ofSeconds(15));
    }

    private TestMail mail(int recipient) {
        return TestMail.via(server.getSmtp().getPort())
                .to("b" + recipient + "@example.com")
                .text(null)
                .html(Content.stored("html"))
                .question(new Question(
                        "decision-0123456789abcdef0123456789abcdef01234567",
                        recipient,
                        0,
                        List.of("Approve", "Reject"),
                        Instant.parse("2026-03-03T14:30:00Z"),
                        Comments.OFF,
                        "en",
                        0,
                        null,
                        List.of(Tone.GREEN, Tone.RED),
                        new Agreement(3, 2, 1),
                        null));
    }
}
