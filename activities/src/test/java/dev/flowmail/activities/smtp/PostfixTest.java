package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.servers.Postfix;
import dev.flowmail.activities.servers.TestCertificate;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends through a real Postfix, and reads what arrives by a parser that shares no code with what wrote it. */
class PostfixTest {
    private static final String GREETING = "Grüße, 東京, مرحبا, 👍🏽";

    private static Postfix postfix;
    private static Rig rig;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.forName(directory, "localhost");
        postfix = Postfix.start(certificate);
        rig = Rig.writingRealMails(certificate.client());
    }

    @AfterAll
    static void stop() throws IOException {
        rig.close();
        postfix.close();
    }

    @Test
    void aPlainMailArrivesAsItWasWritten() throws Exception {
        Message mail = sent(mail().from("flow@example.com", GREETING)
                .toNamed("b@example.com", "\"Quoted\" <name>, " + GREETING)
                .subject(GREETING.repeat(10))
                .text(Content.inline("first line\n.\n..two dots\nFrom here\n trailing \n" + GREETING)));

        assertThat(mail.getMimeType()).isEqualTo("text/plain");
        assertThat(text(mail)).isEqualTo("first line\r\n.\r\n..two dots\r\nFrom here\r\n trailing \r\n" + GREETING);
        assertThat(mail.getSubject()).isEqualTo(GREETING.repeat(10));
        assertThat(mail.getFrom()).extracting(Mailbox::getName).containsExactly(GREETING);
        assertThat(mail.getTo().flatten())
                .extracting(Mailbox::getName)
                .containsExactly(null, "\"Quoted\" <name>, " + GREETING);
        assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(mail, "X-Auto-Response-Suppress")).isEqualTo("OOF, AutoReply");
        assertThat(mail.getMessageId()).matches("<[0-9a-f]{32}@mail\\.flow\\.example>");
        assertThat(mail.getDate()).isNotNull();
        assertThat(mail.getHeader().getField("List-Unsubscribe")).isNull();
        // signed in over TLS
        assertThat(header(mail, "Received")).contains("ESMTPSA");
    }

    @Test
    void bodiesAndAttachmentsThatHurtArriveWhole() throws Exception {
        byte[] large = new byte[25 * 1024 * 1024];
        new Random(1).nextBytes(large);
        byte[] lines = ("\r\n.\r\n\n\r\0bare\rreturns\nand dots\r\n..\r\n" + "x".repeat(5_000) + "\r\n.\r\n")
                .getBytes(StandardCharsets.UTF_8);
        String longName = (GREETING + " ").repeat(12) + "report.pdf";
        rig.files.with("large", large).with("lines", lines).with("empty", new byte[0]);
        String html = "<p>" + "é".repeat(100_000) + "x".repeat(100_000) + "</p>";
        Message mail = sent(mail().text(null)
                .html(html)
                .attachment(longName, "application/pdf", "large")
                .attachment("same.txt", "text/plain", "lines")
                .attachment("same.txt", "text/plain", "empty")
                .attachment("no type", null, "lines")
                .attachment("wrong", "no/such/type\r\nX-Evil: 1", "lines"));

        assertThat(mail.getMimeType()).isEqualTo("multipart/mixed");
        List<Entity> parts = ((Multipart) mail.getBody()).getBodyParts();
        List<Entity> alternative = ((Multipart) parts.get(0).getBody()).getBodyParts();
        assertThat(parts.get(0).getMimeType()).isEqualTo("multipart/alternative");
        assertThat(alternative).extracting(Entity::getMimeType).containsExactly("text/plain", "text/html");
        assertThat(text(alternative.get(0))).isEqualTo("é".repeat(100_000) + "x".repeat(100_000));
        assertThat(text(alternative.get(1))).isEqualTo(html);
        assertThat(parts)
                .extracting(Entity::getFilename)
                .containsExactly(null, longName, "same.txt", "same.txt", "no type", "wrong");
        assertThat(parts.stream().skip(1))
                .extracting(Entity::getDispositionType)
                .containsOnly("attachment");
        assertThat(digest(bytes(parts.get(1)))).isEqualTo(digest(large));
        assertThat(bytes(parts.get(2))).isEqualTo(lines);
        assertThat(bytes(parts.get(3))).isEmpty();
        assertThat(bytes(parts.get(4))).isEqualTo(lines);
        assertThat(bytes(parts.get(5))).isEqualTo(lines);
        assertThat(mail.getHeader().getField("X-Evil")).isNull();
    }

    @Test
    void aDecisionMailArrivesWithItsLinks() throws Exception {
        Message mail = sent(mail().html("<table><tr><td>An <b>offer</b>" + " and more".repeat(9_000))
                .question(new Question(
                        "decision-0123456789abcdef0123456789abcdef01234567",
                        7,
                        0,
                        List.of("Genehmigen", "Ablehnen"),
                        Instant.parse("2030-01-01T00:00:00Z"),
                        Comments.OFF,
                        "de",
                        0,
                        null)));

        assertThat(mail.getMimeType()).isEqualTo("multipart/alternative");
        List<Entity> alternative = ((Multipart) mail.getBody()).getBodyParts();
        for (int outcome = 0; outcome < 2; outcome++) {
            String link = "https://mail.flow.example/base/decide/code-7-" + outcome;
            assertThat(text(alternative.get(0))).contains(link);
            // above 80 kB they stand at the top too
            assertThat(text(alternative.get(1)).split("\"" + link + "\"", -1)).hasSize(3);
        }
    }

    @Test
    void anInternationalAddressArrives() throws Exception {
        Message mail = sent(TestMail.via(postfix.port(), Transport.TLS)
                .signedIn(Postfix.USER, Postfix.PASSWORD)
                .to("jürgen@bücher.example"));

        assertThat(header(mail, "Delivered-To")).isEqualTo("jürgen@xn--bcher-kva.example");
    }

    @Test
    void aWrongPasswordIsFinal() {
        ApplicationFailure failure =
                rig.fail(mail().signedIn(Postfix.USER, "wrong").build());
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_AUTHENTICATION);
        assertThat(failure.isNonRetryable()).isTrue();
    }

    private static TestMail mail() {
        return TestMail.via(postfix.port(), Transport.TLS)
                .signedIn(Postfix.USER, Postfix.PASSWORD)
                .to("a@example.com");
    }

    /** What the last recipient got. */
    private static Message sent(TestMail mail) throws IOException {
        int before = postfix.arrived().size();
        int recipients = mail.build().to().size();
        rig.send(mail.build());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(postfix.arrived().size()).as(postfix.log()).isEqualTo(before + recipients));
        byte[] last = postfix.arrived().get(before + recipients - 1);
        assertThat(new String(last, StandardCharsets.ISO_8859_1).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
        DefaultMessageBuilder parser = new DefaultMessageBuilder();
        parser.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        return parser.parseMessage(new ByteArrayInputStream(last));
    }

    private static String header(Message mail, String name) {
        return mail.getHeader().getField(name).getBody().strip();
    }

    private static String text(Entity part) throws IOException {
        return new String(bytes(part), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Entity part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((SingleBody) part.getBody()).writeTo(bytes);
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) throws Exception {
        return Arrays.toString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
