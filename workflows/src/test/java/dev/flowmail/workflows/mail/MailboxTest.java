package dev.flowmail.workflows.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@example.com",
                "anna.o'neil+flow@mail.example.co.uk",
                "a@b",
                "a@1.example",
                "jörg@example.com",
                "anna@bücher.example",
                "用户@例子.公司",
                "a-b_c@xn--bcher-kva.example",
                "anna@straße.example",
                "anna@مثال.example"
            })
    void whatPeopleHaveIsAnAddress(String text) {
        assertThat(Mailbox.isAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "@example.com",
                "anna@",
                ".anna@example.com",
                "anna.@example.com",
                "an..na@example.com",
                "anna@.example.com",
                "anna@example.com.",
                "anna@example..com",
                "anna@-example.com",
                "anna@example-.com",
                "anna@exam_ple.com",
                "anna@exa mple.com",
                "an na@example.com",
                "anna@ben@example.com",
                "anna@[127.0.0.1]",
                "\"anna\"@example.com",
                "anna@example.com\nBcc: ben@example.com",
                "anna@example.com,ben@example.com",
                "Anna <anna@example.com>",
                "=?utf-8?q?anna?=@example.com",
                "anna\u200b@example.com",
                "anna@\u0301example.com",
                "腫\u760dxx@example.com",
                "anna@äb--c.example",
                "anna@aب.example",
                "anna@1a.بب",
                "anna@①.example"
            })
    void whatAMailerWouldRefuseIsNone(String text) {
        assertThat(Mailbox.isAddress(text)).isFalse();
    }

    @Test
    void whatIsTooLongIsNone() {
        String label = "x".repeat(63);
        String longest = label + "." + label + "." + label;

        assertThat(Mailbox.isAddress("a".repeat(62) + "@" + longest)).isTrue();
        assertThat(Mailbox.isAddress("a".repeat(63) + "@" + longest)).isFalse();
        assertThat(Mailbox.isAddress("a".repeat(64) + "@example.com")).isTrue();
        assertThat(Mailbox.isAddress("a".repeat(65) + "@example.com")).isFalse();
        assertThat(Mailbox.isAddress("ä".repeat(33) + "@example.com")).isFalse();
        assertThat(Mailbox.isAddress("a@" + label + "x")).isFalse();
        assertThat(Mailbox.isAddress("a@" + "例".repeat(20))).isFalse();
    }
}
