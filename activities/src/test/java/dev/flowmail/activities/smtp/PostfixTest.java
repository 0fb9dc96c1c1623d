package dev.flowmail.activities.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.TestCertificate;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real Postfix takes by STARTTLS and sign-in, read by a parser that has nothing to do with how it was written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("programs")
class PostfixTest {
    private static final String GREETING =
            "Gr\u00fc\u00dfe, \u6771\u4eac, \u0645\u0631\u062d\u0628\u0627, \ud83d\udc4d";

    private Postfix postfix;
    private Rig rig;
    private int delivered;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.forName(directory, "localhost");
        postfix = Postfix.start(directory, certificate);
        rig = Rig.trusting(certificate.client());
    }

    @AfterAll
    void stop() {
        rig.close();
        postfix.close();
    }

    @Test
    void aPlainMailArrivesAsItWasMeant() throws Exception {
        Message mail = sent(
                mail().from("flow@example.com", GREETING)
                        .to("b@example.com")
                        .bcc("secret@example.com")
                        .subject(GREETING.repeat(5))
                        .text(Content.inline(GREETING + "\n.\n..\nFrom here on\n" + "y".repeat(5_000)))
                        .html("<p>" + "x".repeat(200_000) + GREETING + "</p>"),
                3);

        Mailbox from = mail.getFrom().get(0);
        assertThat(from.getName()).isEqualTo(GREETING);
        assertThat(from.getAddress()).isEqualTo("flow@example.com");
        assertThat(mail.getTo().flatten())
                .extracting(Mailbox::getAddress)
                .containsExactly("a@example.com", "b@example.com");
        assertThat(mail.getSubject()).isEqualTo(GREETING.repeat(5));
        assertThat(mail.getHeader().getField("Bcc")).isNull();
        assertThat(mail.getHeader().getField("Auto-Submitted")).isNull();
        Multipart alternative = (Multipart) mail.getBody();
        assertThat(alternative.getSubType()).isEqualTo("alternative");
        assertThat(text(alternative.getBodyParts().get(0)))
                .isEqualTo(GREETING + "\r\n.\r\n..\r\nFrom here on\r\n" + "y".repeat(5_000));
        assertThat(text(alternative.getBodyParts().get(1))).isEqualTo("<p>" + "x".repeat(200_000) + GREETING + "</p>");
    }

    @Test
    void attachmentsArriveToTheLastByte() throws Exception {
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);
        byte[] lines = "\r\n.\r\n\n.\nFrom \0\r".repeat(1_000).getBytes(US_ASCII);
        rig.files.with("bytes", bytes).with("lines", lines).with("empty", new byte[0]);
        String name = GREETING.repeat(4) + "; \"quoted\".txt";
        Message mail = sent(
                mail().attachment("same.bin", null, "bytes")
                        .attachment("same.bin", "application/octet-stream", "lines")
                        .attachment(name, "text/plain", "empty"),
                1);

        List<Entity> parts = ((Multipart) mail.getBody()).getBodyParts();
        assertThat(mail.getMimeType()).isEqualTo("multipart/mixed");
        assertThat(parts).hasSize(4);
        assertThat(bytes(parts.get(1))).isEqualTo(bytes);
        assertThat(bytes(parts.get(2))).isEqualTo(lines);
        assertThat(bytes(parts.get(3))).isEmpty();
        assertThat(parts.subList(1, 4)).extracting(Entity::getFilename).containsExactly("same.bin", "same.bin", name);
        assertThat(parts.subList(1, 4)).extracting(Entity::getDispositionType).containsOnly("attachment");
    }

    @Test
    void aDecisionMailArrivesWithItsLinks() throws Exception {
        Message mail = sent(
                mail().html("<p>Please")
                        .question(new Question(
                                "decision-" + "0a".repeat(20),
                                0,
                                0,
                                List.of("Approve", "Reject"),
                                Instant.parse("2027-01-01T00:00:00Z"),
                                Comments.OFF,
                                "en",
                                0,
                                null,
                                null,
                                null,
                                null)),
                1);

        Multipart alternative = (Multipart) mail.getBody();
        assertThat(text(alternative.getBodyParts().get(0)))
                .contains("https://mail.flow.example/base/decide/code-0-0")
                .contains("https://mail.flow.example/base/decide/code-0-1");
    }

    @Test
    void anAddressInUtf8ArrivesWhereTheServerTakesIt() throws Exception {
        assertThat(copies(mail().to("j\u00fcrgen@example.com"), 2))
                .as("the one for whoever can be reached in UTF-8 only, and the one for the others")
                .extracting(mail -> mail.getHeader().getField("To").getBody())
                .anySatisfy(to -> assertThat(to).contains("j\u00fcrgen@example.com"))
                .anySatisfy(to -> assertThat(to).isASCII());
    }

    @Test
    void aWrongPasswordIsRefusedInPostfixsOwnWords() {
        assertThat(rig.fail(mail().signedIn(Postfix.USERNAME, "wrong").build()))
                .hasMessageContaining("535 5.7.8")
                .matches(failure -> failure.isNonRetryable())
                .matches(failure -> failure.getType().equals(MailFailure.SMTP_AUTHENTICATION));
    }

    private TestMail mail() {
        return TestMail.via(postfix.port(), Transport.TLS)
                .signedIn(Postfix.USERNAME, Postfix.PASSWORD)
                .to("a@example.com");
    }

    /** The first copy of a mail that is delivered so often. */
    private Message sent(TestMail mail, int copies) throws Exception {
        return copies(mail, copies).get(0);
    }

    private List<Message> copies(TestMail mail, int copies) throws Exception {
        assertThat(rig.send(mail.build()).refused()).isEmpty();
        int before = delivered;
        delivered += copies;
        DefaultMessageBuilder parser = new DefaultMessageBuilder();
        parser.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        List<Message> read = new ArrayList<>();
        for (byte[] source : postfix.delivered(delivered).subList(before, delivered)) {
            read.add(parser.parseMessage(new ByteArrayInputStream(source)));
        }
        return read;
    }

    private static String text(Entity part) throws IOException {
        assertThat(part.getCharset()).isEqualTo("UTF-8");
        return new String(bytes(part), UTF_8);
    }

    private static byte[] bytes(Entity part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((SingleBody) part.getBody()).writeTo(bytes);
        return bytes.toByteArray();
    }
}
