package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.management.ThreadMXBean;
import dev.flowmail.activities.receipts.MailHasher;
import dev.flowmail.servers.ScriptedSmtpServer;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.receipt.MailHashes;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailFormTest {
    private static final String GREETING = "Grüße, 東京, مرحبا, 👍🏽";

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        server.start();
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
        server.stop();
    }

    @Test
    void textAndHtmlAreAlternativesBesideTheAttachments() throws Exception {
        rig.files.with("one", "first").with("two", new byte[] {0, 1, 2, -1});
        MimeMessage mail = sent(mail().html("<p>Look</p>")
                .attachment("one.txt", "text/plain", "one")
                .attachment("two.bin", "application/octet-stream", "two"));

        MimeMultipart mixed = multipart(mail, "mixed", 3);
        MimeMultipart alternative = multipart(mixed.getBodyPart(0), "alternative", 2);
        assertThat(alternative.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("Please look at this.");
        assertThat(alternative.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>Look</p>");
        assertThat(mixed.getBodyPart(1).getInputStream()).hasContent("first");
        assertThat(mixed.getBodyPart(2).getInputStream()).hasBinaryContent(new byte[] {0, 1, 2, -1});
        assertThat(mixed.getBodyPart(2).getDisposition()).isEqualTo("attachment");
    }

    @Test
    void theHashesOfAQuestionAreThoseOfTheMailThatArrives() throws Exception {
        rig.files.with("one", "first");
        TestMail mail = mail().subject("Einkauf für Müller")
                .html("<p>" + GREETING + "</p>")
                .attachment("Übersicht.txt", "text/plain", "one")
                .question(question(0, null));
        MailHashes hashes = rig.send(mail.build()).hashes();

        assertThat(hashes).isNotNull().isEqualTo(MailHasher.of(server.getReceivedMessages()[0]));
        assertThat(rig.send(mail().build()).hashes()).as("of a plain mail").isNull();
    }

    @Test
    void aMailWithTextOnlyIsOnePart() throws Exception {
        MimeMessage mail = sent(mail());
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.getContent()).isEqualTo("Please look at this.");
    }

    @Test
    void aMailWithoutTextGetsItFromTheHtml() throws Exception {
        MimeMessage mail = sent(mail().text(null).html("<p>Look <b>here</b></p>"));
        assertThat(multipart(mail, "alternative", 2).getBodyPart(0).getContent())
                .isEqualTo("Look here");
    }

    @Test
    void aBodyWithoutMarkupKeepsItsLinesInTextAndHtml() throws Exception {
        String body = "Dear Anna,\n\nyour order 4711 is ready.\nPrice < 100 & > 50\n\nRegards <anna@example.com>";
        MimeMultipart alternative = multipart(sent(mail().text(null).html(body)), "alternative", 2);

        assertThat(alternative.getBodyPart(0).getContent()).isEqualTo(body.replace("\n", "\r\n"));
        assertThat(alternative.getBodyPart(1).getContent().toString())
                .contains("font-family:", ">Dear Anna,</p>")
                .contains("your order 4711 is ready.<br>Price &lt; 100 &amp; &gt; 50</p>")
                .contains("Regards &lt;anna@example.com&gt;");
    }

    @Test
    void aPictureInTheHtmlTravelsInThePartBesideIt() throws Exception {
        MimeMessage mail = sent(mail().text(null)
                .html("<p>Logo: <img src=\"data:image/png;base64,iVBORw==\" alt='ours' width=80></p>"));

        MimeMultipart alternative = multipart(mail, "alternative", 2);
        assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("Logo: ours");
        MimeMultipart related = multipart(alternative.getBodyPart(1), "related", 2);
        assertThat(related.getBodyPart(0).getContent().toString()).contains("src=\"cid:picture-1@flowmail\"");
        assertThat(related.getBodyPart(1).getHeader("Content-ID")).containsExactly("<picture-1@flowmail>");
        assertThat(related.getBodyPart(1).getInputStream()).hasBinaryContent(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    }

    @Test
    void aMailWithoutAnyBodyIsSent() throws Exception {
        assertThat(sent(mail().text(null)).getContent()).isEqualTo("");
    }

    @Test
    void everyScriptArrivesIntact() throws Exception {
        rig.files.with("file", "x");
        String name = GREETING.repeat(6);
        MimeMessage mail = sent(mail().from("flow@example.com", GREETING)
                .toNamed("b@example.com", GREETING)
                .subject(name)
                .text(Content.inline(GREETING + "\nsecond line \n.\nFrom here on"))
                .html("<p>" + GREETING + "</p>")
                .attachment(name + ".txt", "text/plain", "file"));

        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(GREETING);
        assertThat(((InternetAddress) mail.getRecipients(RecipientType.TO)[1]).getPersonal())
                .isEqualTo(GREETING);
        assertThat(mail.getSubject()).isEqualTo(name);
        MimeMultipart mixed = multipart(mail, "mixed", 2);
        MimeMultipart alternative = multipart(mixed.getBodyPart(0), "alternative", 2);
        assertThat(alternative.getBodyPart(0).getContent())
                .isEqualTo(GREETING + "\r\nsecond line \r\n.\r\nFrom here on");
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>" + GREETING + "</p>");
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo(name + ".txt");
        assertThat(raw(mail)).matches("\\p{ASCII}*");
    }

    @Test
    void noLineIsTooLongForAnyServer() throws Exception {
        String body = "<p>" + "word ".repeat(2_000) + "x".repeat(5_000) + "</p>";
        MimeMessage mail = sent(mail().text(Content.inline("y".repeat(5_000))).html(body));
        assertThat(raw(mail).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(998));
        assertThat(multipart(mail, "alternative", 2).getBodyPart(1).getContent())
                .isEqualTo(body);
    }

    @Test
    void aLongNameOfAFileInAnyScriptBreaksNoLine() throws Exception {
        rig.files.with("file", "x");
        String name = (GREETING + " ").repeat(12) + "100%.pdf";
        MimeMessage mail = sent(mail().attachment(name, "application/pdf", "file"));
        assertThat(raw(mail).lines().filter(line -> line.contains("name*")))
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(79));
        assertThat(multipart(mail, "mixed", 2).getBodyPart(1).getFileName()).isEqualTo(name);
    }

    @Test
    void moreThanOneMailMayCarryIsRefusedBeforeTheServerIsAsked() {
        rig.files.generating("half", 80L * 1024 * 1024);
        ApplicationFailure failure = rig.fail(mail().attachment("one.bin", "application/x-one", "half")
                .attachment("two.bin", "application/x-two", "half")
                .build());
        assertThat(failure.getType()).isEqualTo(MailFailure.ATTACHMENT_REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getMessage()).contains("Attachments, file 2").contains("150 MB");
        assertThat(rig.files.generated()).isZero();
    }

    @Test
    void aLargeFileTakesNoMoreMemoryThanASmallOne() throws Exception {
        try (DirectSender sender = new DirectSender(SmtpLimits.USUAL);
                ScriptedSmtpServer server = new ScriptedSmtpServer()) {
            sender.files.generating("small", 1_000).generating("large", 25L * 1024 * 1024);
            TestMail small = TestMail.via(server.port()).to("a@example.com").attachment("a.bin", null, "small");
            TestMail large = TestMail.via(server.port()).to("a@example.com").attachment("a.bin", null, "large");
            sender.send(small.build());
            long forSmall = allocated(() -> sender.send(small.build()));
            long forLarge = allocated(() -> sender.send(large.build()));
            assertThat(server.mails().get(2)).hasSizeGreaterThan(25 * 1024 * 1024);
            assertThat(forLarge - forSmall).isLessThan(1024 * 1024);
        }
    }

    /** Bytes that this thread asks for meanwhile, freed or not. */
    private static long allocated(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void namesOfFilesMayBeEqualAndEachKeepsItsContent() throws Exception {
        rig.files.with("one", "first").with("two", "second").with("none", new byte[0]);
        MimeMultipart mixed = multipart(
                sent(mail().attachment("same.txt", "text/plain", "one")
                        .attachment("same.txt", "text/plain", "two")
                        .attachment("same.txt", "text/plain", "none")),
                "mixed",
                4);
        assertThat(mixed.getBodyPart(1).getInputStream()).hasContent("first");
        assertThat(mixed.getBodyPart(2).getInputStream()).hasContent("second");
        assertThat(mixed.getBodyPart(3).getInputStream()).isEmpty();
        assertThat(mixed.getBodyPart(3).getFileName()).isEqualTo("same.txt");
    }

    @Test
    void decisionMailsAndRemindersAreMarkedAsWhatAProgramSent() throws Exception {
        for (int reminder = 0; reminder < 2; reminder++) {
            MimeMessage mail = sent(mail().question(question(reminder, reminder == 0 ? null : "first")));
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("OOF, AutoReply");
            assertThat(mail.getSentDate()).isNotNull();
            assertThat(mail.getHeader("List-Unsubscribe")).isNull();
        }
    }

    @Test
    void aDecisionMailSaysTimesInTheZoneOfItsRequest() throws Exception {
        rig.close();
        rig = Rig.writingRealMails(SSLContext.getDefault());
        MimeMultipart alternative = multipart(sent(mail().question(question(0, null))), "alternative", 2);

        assertThat(String.valueOf(alternative.getBodyPart(0).getContent()))
                .contains("Tuesday, January 1, 2030, 1:00 AM Europe/Berlin");
        assertThat(String.valueOf(alternative.getBodyPart(1).getContent()))
                .contains("Tuesday, January 1, 2030, 1:00 AM Europe/Berlin");
    }

    @Test
    void aDecisionMailCarriesItsTextAndPicturesAsAPlainMailDoes() throws Exception {
        rig.close();
        rig = Rig.writingRealMails(SSLContext.getDefault());
        String text = "患者の脳腫瘍について \u760a";
        MimeMessage mail = sent(mail().from("flow@example.com", "腫瘍内科")
                .subject(text)
                .text(null)
                .html("<p>" + text + "<img src=\"data:image/png;base64,iVBORw==\" alt='ours' width=80></p>")
                .question(question(0, null)));

        assertThat(mail.getSubject()).isEqualTo(text);
        MimeMultipart alternative = multipart(mail, "alternative", 2);
        assertThat(alternative.getBodyPart(0).getContent().toString()).contains(text, "ours");
        MimeMultipart related = multipart(alternative.getBodyPart(1), "related", 2);
        assertThat(related.getBodyPart(0).getContent().toString())
                .contains(text, "src=\"cid:picture-1@flowmail\"")
                .doesNotContain("data:image/png");
        assertThat(related.getBodyPart(1).getHeader("Content-ID")).containsExactly("<picture-1@flowmail>");
    }

    @Test
    void aPlainMailIsNotMarkedSinceHelpdesksDropMailsThatAre() throws Exception {
        MimeMessage mail = sent(mail().html("<p>Help</p>"));
        assertThat(mail.getHeader("Auto-Submitted")).isNull();
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).isNull();
        assertThat(mail.getHeader("Precedence")).isNull();
        assertThat(mail.getSentDate()).isNotNull();
    }

    @Test
    void answersGoWhereReplyToSays() throws Exception {
        assertThat(sent(mail().replyTo("desk@example.com").question(question(1, "first")))
                        .getHeader("Reply-To"))
                .containsExactly("desk@example.com");
        assertThat(sent(mail()).getHeader("Reply-To")).isNull();
    }

    @Test
    void theMessageIdComesFromTheMailsId() throws Exception {
        String first = sent(mail().id("decision-1/2")).getMessageID();
        String again = sent(mail().id("decision-1/2")).getMessageID();
        String other = sent(mail().id("decision-1/3")).getMessageID();
        assertThat(first)
                .matches("<[0-9a-f]{32}@mail\\.flow\\.example>")
                .isEqualTo(again)
                .isNotEqualTo(other);
    }

    @Test
    void blindCopiesStandInTheEnvelopeOnly() throws Exception {
        MimeMessage mail = sent(mail().cc("c@example.com").bcc("secret@example.com"));
        assertThat(server.getReceivedMessages()).hasSize(3);
        assertThat(raw(mail)).doesNotContain("secret@").doesNotContainIgnoringCase("bcc");
        assertThat(mail.getHeader("Cc")).containsExactly("c@example.com");
    }

    @Test
    void aMailWithBlindCopiesOnlyHasAToHeader() throws Exception {
        MimeMessage mail = sent(TestMail.via(server.getSmtp().getPort()).bcc("secret@example.com"));
        assertThat(mail.getHeader("To")).containsExactly("undisclosed-recipients:;");
    }

    @Test
    void anAddressThatIsGivenTwiceGetsOneMail() throws Exception {
        sent(mail().cc("A@example.com").bcc("a@example.com"));
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aBodyInTheStoreIsSentWhole() throws Exception {
        String body = "<p>" + GREETING.repeat(40_000) + "</p>";
        rig.files.with("body.html", body);
        MimeMessage mail = sent(mail().html(Content.stored("body.html")));
        assertThat(multipart(mail, "alternative", 2).getBodyPart(1).getContent())
                .isEqualTo(body);
    }

    @Test
    void aLargeAttachmentArrivesWhole() throws Exception {
        byte[] bytes = new byte[25 * 1024 * 1024];
        new Random(1).nextBytes(bytes);
        rig.files.with("large", bytes);
        MimeMessage mail = sent(mail().attachment("large.bin", null, "large"));
        byte[] arrived =
                multipart(mail, "mixed", 2).getBodyPart(1).getInputStream().readAllBytes();
        assertThat(Arrays.equals(arrived, bytes)).isTrue();
    }

    @Test
    void aMissingTypeIsFoundFromTheBytesAndAWrongOneIsNotSentThrough() throws Exception {
        rig.files.with("pdf", "%PDF-1.7\n...").with("empty", new byte[0]);
        MimeMultipart mixed = multipart(
                sent(mail().attachment("report", null, "pdf")
                        .attachment("report", "nonsense", "pdf")
                        .attachment("mail.eml", "message/rfc822", "pdf")
                        .attachment("", null, "empty")),
                "mixed",
                5);
        assertThat(mixed.getBodyPart(1).isMimeType("application/pdf")).isTrue();
        assertThat(mixed.getBodyPart(2).isMimeType("application/pdf")).isTrue();
        assertThat(mixed.getBodyPart(3).isMimeType("application/octet-stream")).isTrue();
        assertThat(mixed.getBodyPart(3).getInputStream()).hasContent("%PDF-1.7\n...");
        assertThat(mixed.getBodyPart(4).getFileName()).isEqualTo("attachment");
        assertThat(mixed.getBodyPart(4).getInputStream()).isEmpty();
    }

    @Test
    void aDecisionMailHasOneLinkForEachOutcome() throws Exception {
        MimeMessage mail = sent(mail().question(question(0, null)));
        assertThat(multipart(mail, "alternative", 2).getBodyPart(0).getContent())
                .isEqualTo("Yes - https://mail.flow.example/base/decide/code-7-0\r\n"
                        + "No - https://mail.flow.example/base/decide/code-7-1");
        assertThat(mail.getHeader("In-Reply-To")).isNull();
    }

    @Test
    void noWordOfTheCallersLeadsToAPageOfOurs() throws Exception {
        rig.close();
        rig = Rig.writingRealMails(SSLContext.getDefault());
        String ours = "https://mail.flow.example/base/decide/x";
        MimeMessage mail = sent(mail().from("flow@example.com", ours + " or")
                .subject("Order " + ours)
                .question(question(1, "first", List.of("Yes " + ours, "No"))));

        MimeMultipart alternative = multipart(mail, "alternative", 2);
        for (int part = 0; part < 2; part++) {
            String words = String.valueOf(alternative.getBodyPart(part).getContent());
            assertThat(words).contains("Order …", "Yes …", "… or").doesNotContain("decide/x");
        }
    }

    @Test
    void aReminderStandsInTheThreadOfTheFirstMail() throws Exception {
        String first = sent(mail().id("first").question(question(0, null))).getMessageID();
        MimeMessage reminder = sent(mail().id("second").question(question(1, "first")));
        assertThat(reminder.getHeader("In-Reply-To")).containsExactly(first);
        assertThat(reminder.getHeader("References")).containsExactly(first);
        assertThat(reminder.getMessageID()).isNotEqualTo(first);
    }

    @Test
    void whatIsKeptForAMailIsForgottenOnceItHasEnded() {
        rig.send(mail().build());
        assertThat(rig.files.forgotten).isEmpty();
        rig.send(mail().forget().build());
        assertThat(rig.files.forgotten).containsExactly("request-1");
        rig.fail(mail().to("not an address").forget().build());
        assertThat(rig.files.forgotten).hasSize(2);
        Mail unsent = mail().forget().build();
        server.stop();
        rig.fail(unsent);
        assertThat(rig.files.forgotten).hasSize(2);
        rig.forgetAttachments("request-2");
        assertThat(rig.files.forgotten).endsWith("request-2");
    }

    private static Question question(int reminder, @Nullable String firstMailId) {
        return question(reminder, firstMailId, List.of("Yes", "No"));
    }

    private static Question question(int reminder, @Nullable String firstMailId, List<String> outcomes) {
        return new Question(
                "decision-0123456789abcdef0123456789abcdef01234567",
                7,
                0,
                outcomes,
                Instant.parse("2030-01-01T00:00:00Z"),
                Comments.OFF,
                "en",
                reminder,
                firstMailId,
                null,
                null,
                "Europe/Berlin");
    }

    private TestMail mail() {
        return TestMail.via(server.getSmtp().getPort()).to("a@example.com");
    }

    /** What the first recipient got. */
    private MimeMessage sent(TestMail mail) {
        int before = server.getReceivedMessages().length;
        rig.send(mail.build());
        return server.getReceivedMessages()[before];
    }

    private static MimeMultipart multipart(jakarta.mail.Part part, String subtype, int parts)
            throws MessagingException, IOException {
        assertThat(part.isMimeType("multipart/" + subtype)).isTrue();
        MimeMultipart multipart = (MimeMultipart) part.getContent();
        assertThat(multipart.getCount()).isEqualTo(parts);
        return multipart;
    }

    private static String raw(MimeMessage mail) {
        return GreenMailUtil.getWholeMessage(mail);
    }
}
