package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.templates.HostileText;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest extends WithMailServer {
    private static Rig rig;

    @BeforeAll
    static void startRig() throws Exception {
        rig = Rig.start();
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: evil@example.com",
                "a\nBcc: evil@example.com",
                "a\rBcc: evil@example.com",
                "a\u0085Bcc: evil@example.com",
                "a\u2028Bcc: evil@example.com",
                "a\0Bcc: evil@example.com",
                "ü\r\n\r\nBcc: evil@example.com",
                "=?UTF-8?Q?a=0D=0ABcc:_evil@example.com?="
            })
    void noTextBecomesAHeader(String text) {
        rig.files.with("file", "x");
        rig.send(TestMail.via(server.port())
                .from("flow@example.com", text)
                .toNamed("a@example.com", text)
                .subject(text)
                .attachment(text, text, "file")
                .attachment(text, "text/plain; name=\"" + text + "\"", "file")
                .build());
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<a@example.com>");
        assertThat(server.mails().get(0).lines())
                .noneMatch(line -> line.regionMatches(true, 0, "bcc:", 0, 4))
                .noneMatch(line -> line.contains("=?UTF-8?Q?a=0D=0A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com\r\nRCPT TO:<evil@example.com>",
                "a@example.com\u760d\u760aRCPT TO:<evil@example.com>",
                "a\u760a@example.com",
                "a\0@example.com",
                "\"a\r\n b\"@example.com",
                "a\u202ec@example.com",
                "a@exam\u2066ple.com",
                "a@example.com, evil@example.com",
                "a@example.com> SIZE=1",
                "Someone <a@example.com>",
                "group: a@example.com;",
                "a@b＠example.com",
                "(comment) a@example.com",
                "a@",
                "@example.com",
                "a",
                ""
            })
    void whatIsNoAddressIsRefusedWithoutAskingTheServer(String address) {
        for (TestMail mail : new TestMail[] {
            mail().to(address),
            mail().cc(address),
            mail().bcc(address),
            mail().to("a@example.com").from(address, null)
        }) {
            ApplicationFailure failure = rig.fail(mail.build());
            assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_REFUSED);
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getMessage()).contains("input").doesNotContain("evil");
        }
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b+c@example.com",
                "o'neil@example.com",
                "\"a b\"@example.com",
                "a@[127.0.0.1]",
                "a@sub-1.example"
            })
    void everyOrdinaryAddressIsTaken(String address) {
        rig.send(mail().to(address).build());
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<" + address + ">");
    }

    @Test
    void bidirectionalOverridesAreRemovedFromNames() {
        rig.files.with("file", "x");
        rig.send(mail().to("a@example.com")
                .subject("invoice\u202Efdp.exe")
                .attachment("invoice\u202Efdp.exe", "text/plain", "file")
                .build());
        assertThat(server.mails().get(0)).contains("Subject: invoice fdp.exe").contains("filename=\"invoice fdp.exe\"");
    }

    @Test
    void rightToLeftScriptsAndEmojiStayAsTheyAre() {
        assertThat(HostileText.neutralise("مرحبا \u200f👩‍👩‍👧 東京")).isEqualTo("مرحبا \u200f👩‍👩‍👧 東京");
    }

    @Test
    void anInternationalDomainIsSentInAscii() {
        rig.send(mail().to("a@bücher.example").build());
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<a@xn--bcher-kva.example>");
        assertThat(server.mails().get(0)).contains("To: a@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @CsvSource({
        "anna@straße.example, anna@xn--strae-oqa.example",
        "anna@STRASSE.example, anna@STRASSE.example",
        "anna@fußball.example, anna@xn--fuball-cta.example",
        "anna@ẞ.example, anna@xn--zca.example",
        "anna@βόλος.example, anna@xn--nxasmm1c.example",
        "anna@نامه‌ای.example, anna@xn--mgba3gch31f060k.example",
        "anna@例子。测试, anna@xn--fsqu00a.xn--0zwm56d",
        "anna@xn--strae-oqa.example, anna@xn--strae-oqa.example",
        "anna@BÜCHER.example, anna@xn--bcher-kva.example",
    })
    void aDomainIsSentByTheRulesOfIdna2008(String address, String sent) {
        rig.send(mail().to(address).from(address, null).build());
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<" + sent + ">");
        assertThat(server.commands("MAIL")).containsExactly("MAIL FROM:<" + sent + ">");
        assertThat(server.mails().get(0)).contains("To: " + sent);
    }

    @Test
    void anInternationalLocalPartIsSentWhereTheServerOffersIt() {
        server.offering("SMTPUTF8", "8BITMIME");
        rig.send(mail().to("jürgen@bücher.example").build());
        assertThat(server.commands("MAIL")).containsExactly("MAIL FROM:<flow@example.com> SMTPUTF8");
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<jürgen@xn--bcher-kva.example>");
        assertThat(server.mails().get(0)).contains("To: jürgen@xn--bcher-kva.example");
    }

    @Test
    void anOrdinaryMailDoesNotAskForUtf8() {
        server.offering("SMTPUTF8");
        rig.send(mail().to("a@example.com").subject("Grüße").build());
        assertThat(server.commands("MAIL")).containsExactly("MAIL FROM:<flow@example.com>");
    }

    @Test
    void onlyWhoNeedsUtf8IsAskedForWithIt() {
        server.offering("SMTPUTF8", "8BITMIME");
        rig.send(mail().toNamed("anna@example.com", "Anna")
                .to("jürgen@example.com")
                .build());
        assertThat(server.commands("MAIL"))
                .containsExactly("MAIL FROM:<flow@example.com>", "MAIL FROM:<flow@example.com> SMTPUTF8");
        assertThat(server.commands("RCPT"))
                .containsExactly("RCPT TO:<anna@example.com>", "RCPT TO:<jürgen@example.com>");
        assertThat(server.mails()).hasSize(2);
        assertThat(server.mails().get(0))
                .matches("(?s)\\p{ASCII}*")
                .contains("To: Anna <anna@example.com>, =?UTF-8?B?asO8cmdlbkBleGFtcGxlLmNvbQ==?= :;");
        assertThat(server.mails().get(1)).contains("jürgen@example.com");
        assertThat(server.mails().stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("Message-ID"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whereUtf8IsNotOfferedTheOthersGetTheMailAndWhoNeedsItIsReported() {
        Delivery delivery =
                rig.send(mail().to("jürgen@example.com", "anna@example.com").build());
        assertThat(server.commands("RCPT")).containsExactly("RCPT TO:<anna@example.com>");
        assertThat(server.commands("MAIL")).containsExactly("MAIL FROM:<flow@example.com>");
        assertThat(delivery.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.address()).isEqualTo("jürgen@example.com");
            assertThat(refused.reply()).contains("SMTPUTF8");
        });
    }

    @Test
    void anInternationalLocalPartIsRefusedWhereTheServerDoesNotOfferIt() {
        ApplicationFailure failure = rig.fail(mail().to("jürgen@example.com").build());
        assertThat(failure.getType()).isEqualTo(MailFailure.SMTP_REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getMessage()).contains("SMTPUTF8").doesNotContain("jürgen");
        assertThat(server.commands("MAIL")).isEmpty();
    }

    private TestMail mail() {
        return TestMail.via(server.port());
    }
}
