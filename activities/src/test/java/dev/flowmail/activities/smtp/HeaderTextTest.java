package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest extends WithMailServer {
    private static final Pattern HEADERS = Pattern.compile("\\A.*?\\r\\n\\r\\n", Pattern.DOTALL);

    private static Rig rig;

    @BeforeAll
    static void startRig() throws Exception {
        rig = Rig.start();
        rig.files.with("file", "x");
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @Test
    void charactersThatEndInTheBytesOfALineBreakArriveAsTheyAre() throws Exception {
        String text = "患者の脳腫瘍について 潰瘍 \u760a";
        MimeMessage mail = sent(mail().from("flow@example.com", "腫瘍内科")
                .subject(text)
                .text(Content.inline(text))
                .attachment("腫瘍 \u760a.pdf", "application/pdf", "file"));
        assertThat(mail.getSubject()).isEqualTo(text);
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("腫瘍内科");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(text);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("腫瘍 \u760a.pdf");
        assertThat(raw()).matches("\\p{ASCII}*");
        Message other = readByAnother();
        assertThat(other.getSubject()).isEqualTo(text);
        assertThat(other.getFrom().get(0).getName()).isEqualTo("腫瘍内科");
        assertThat(((Multipart) other.getBody()).getBodyParts().get(1).getFilename())
                .isEqualTo("腫瘍 \u760a.pdf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Approve?",
                "Order 4711: 10 % off, (really) \"now\" <b@example.com>",
                "Grüße, 東京, مرحبا, 👍🏽",
                "=?UTF-8?Q?a=0D=0ABcc:_evil@example.com?=",
                "=?utf-8?b?8J+YgA==?= and more",
                "a  b",
                "潰瘍 \u760a=?x?q?\u760d?= \u760d",
                "\u200fשלום (1), \u200eabc",
                "e\u0301 ﬁ Ａ \uFE0F",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
                "comma, semi; colon: at@ <angle> (paren) [b] \"quoted\"",
                "👩‍👩‍👧 می‌خواهم"
            })
    void everyTextIsReadAgainAsItIs(String text) throws Exception {
        MimeMessage mail = sent(mail().from("flow@example.com", text)
                .toNamed("b@example.com", text)
                .subject(text)
                .attachment(text.replace('/', '_') + ".pdf", "application/pdf", "file"));
        assertThat(mail.getSubject()).isEqualTo(text);
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(text);
        assertThat(((InternetAddress) mail.getRecipients(RecipientType.TO)[1]).getPersonal())
                .isEqualTo(text);
        Message other = readByAnother();
        assertThat(other.getSubject()).isEqualTo(text);
        assertThat(((Mailbox) other.getTo().get(1)).getName()).isEqualTo(text);
        assertThat(((Multipart) other.getBody()).getBodyParts().get(1).getFilename())
                .isEqualTo(text.replace('/', '_') + ".pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "word ", "a.", "\u00fc", "腫瘍", "👍🏽", "=?", "\"\\"})
    void noHeaderIsLongerThanALineMayBe(String part) throws Exception {
        String text = part.repeat(1_500 / part.length()).strip();
        MimeMessage mail = sent(mail().from("flow@example.com", text)
                .toNamed("b@example.com", text)
                .subject(text)
                .attachment(text, "application/pdf; charset=" + "x".repeat(1_500), "file"));
        assertThat(raw().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
        assertThat(headers().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
        assertThat(mail.getSubject()).isEqualTo(text);
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(text);
        assertThat(((MimeMultipart) mail.getContent()).getBodyPart(1).getFileName())
                .isEqualTo(text.replace('\\', '_'));
    }

    @Test
    void aHundredLongNamesAndAddressesBreakNoLine() throws Exception {
        TestMail mail = mail().from("from-" + "f".repeat(59) + "@" + "d".repeat(60) + ".example", "F".repeat(200));
        for (int person = 0; person < 100; person++) {
            mail.toNamed(
                    "p" + person + "x".repeat(60) + "@" + ("d".repeat(60) + ".").repeat(2) + "example",
                    "Name \u760d ".repeat(20) + person);
        }
        MimeMessage sent = sent(mail);
        assertThat(raw().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
        assertThat(sent.getRecipients(RecipientType.TO)).hasSize(101);
    }

    @Test
    void aFileNameIsReadByReadersThatKnowOnlyOneWay() throws Exception {
        String name = "Übersicht Jänner 2026 – Angebot für Müller GmbH.pdf";
        sent(mail().attachment(name, "application/pdf", "file"));
        String unfolded = raw().replaceAll("\r\n[ \t]", " ");
        assertThat(unfolded).contains("filename*=UTF-8''%C3%9Cbersicht%20J%C3%A4nner%202026%20%E2%80%93%20Angebot");
        Matcher legacy = Pattern.compile("Content-Type: application/pdf; name=\"([^\"]*)\"")
                .matcher(unfolded);
        assertThat(legacy.find()).isTrue();
        assertThat(MimeUtility.decodeText(legacy.group(1))).isEqualTo(name);
    }

    @Test
    void anAsciiFileNameStandsInOnePiece() throws Exception {
        String name = "offer-".repeat(30) + "4711.pdf";
        sent(mail().attachment(name, "application/pdf", "file"));
        assertThat(raw()).contains("filename=\"" + name + "\"").contains("name=\"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?utf-8?q?b=40evil.example=3e?=@example.com", "=?x?@example.com", "a=?b@example.com"})
    void anEncodedWordIsNoLocalPart(String address) {
        ApplicationFailure failure =
                rig.fail(TestMail.via(server.port()).to(address).build());
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_REFUSED);
        assertThat(server.connections()).isZero();
    }

    private TestMail mail() {
        return TestMail.via(server.port()).to("a@example.com");
    }

    private MimeMessage sent(TestMail mail) throws Exception {
        assertThat(rig.send(mail.build()).refused()).isEmpty();
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(raw().getBytes(StandardCharsets.ISO_8859_1)));
    }

    private Message readByAnother() throws IOException {
        return new DefaultMessageBuilder()
                .parseMessage(new ByteArrayInputStream(raw().getBytes(StandardCharsets.ISO_8859_1)));
    }

    private String headers() {
        Matcher headers = HEADERS.matcher(raw());
        assertThat(headers.find()).isTrue();
        return headers.group();
    }

    private String raw() {
        return server.mails().get(0);
    }
}
