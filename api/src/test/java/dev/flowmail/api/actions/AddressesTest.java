package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.workflows.mail.Mailbox;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com",
                "first.last+tag@sub.example.co.uk",
                "o'brien@example.com",
                "a_b-c{d}@example.com",
                "root@mailserver",
                "用户@例子.测试",
                "müller@bücher.example",
                "a@xn--bcher-kva.example",
                "\"a.b\"@example.com",
                "a@[192.0.2.1]",
                "anna@straße.example",
                "anna@ẞ.example",
                "βόλος@βόλος.example",
                "a@نامه‌ای.example",
                "a@例子。测试"
            })
    void theseAreAddresses(String address) {
        assertThat(Addresses.isAddress(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@example.com",
                "a@",
                "a b@example.com",
                "\"a b\"@example.com",
                "a@exa mple.com",
                "a@example.com b@example.com",
                "a@b@example.com",
                "a@example.com,b@example.com",
                "a@example.com;b@example.com",
                "A <a@example.com>",
                "<a@example.com>",
                "a@example.com (A)",
                "group:a@example.com;",
                ".a@example.com",
                "a..b@example.com",
                "a@.example.com",
                "a@example..com",
                "a@-example.com",
                "a@exa_mple.com",
                "a@[not an address]",
                "a\r\n@example.com",
                "a@example.com\nBcc: b@example.com",
                "a\u0000@example.com",
                "a\u202E@example.com",
                "a\u200B@example.com",
                "a\u00A0@example.com",
                "a\u760D@example.com",
                "a\u760A@example.com",
                "a\uD83D@example.com",
                "=?utf-8?q?b=40evil.example=3e?=@example.com",
                "a@exam\u200Bple.com",
                "a@a\u200Db.example",
                "a@\u0301a.example",
                "a@b\uFF20example.com"
            })
    void theseAreNot(String address) {
        assertThat(Addresses.isAddress(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@x.example, b@x.example | a@x.example b@x.example",
                "a@x.example,b@x.example;; c@x.example, | a@x.example b@x.example c@x.example",
                "a@x.example b@x.example | a@x.example b@x.example",
                "Anna <a@x.example> | Anna <a@x.example>",
                "<a@x.example>;< b@x.example > | a@x.example b@x.example",
                "'Smith, Anna <a@x.example>, Ben B. <b@x.example>' | Smith, Anna <a@x.example> Ben B. <b@x.example>",
                "\"Smith; Anna \\\"A\\\"\" <a@x.example>; b@x.example | Smith; Anna \"A\" <a@x.example> b@x.example",
                "O'Neil <o'neil@x.example> | O'Neil <o'neil@x.example>",
                "Jürgen 腫瘍 <jürgen@straße.example> | Jürgen 腫瘍 <jürgen@straße.example>",
                "a@x.example；b@x.example、c@x.example | a@x.example b@x.example c@x.example",
                "mailto:a@x.example | a@x.example",
                "Anna <mailto:a@x.example>; MAILTO:b@x.example | Anna <a@x.example> b@x.example",
                "Anna <a@x.example> Ben <b@x.example> | Anna <a@x.example> Ben <b@x.example>",
                "a@x.example. | a@x.example",
                "Anna (Sales) <a@x.example> | Anna (Sales) <a@x.example>",
                "Anna <a@x.example>Ben <b@x.example>\tc@x.example | Anna <a@x.example> Ben <b@x.example> c@x.example",
                "„Anna“ <a@x.example.> | „Anna“ <a@x.example>"
            })
    void listsAreReadAsPeopleWriteThem(String list, String mailboxes) {
        assertThat(read(list)).isEqualTo(mailboxes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200Ba@x.example\u200B",
                "\u00A0a@x.example\u00A0",
                "\uFEFF a@x.example \u2060",
                "\u2068a@x.example\u2069\r\n",
                "\ta@x.example\n\n",
                "\u202Aa@x.example\u202C",
                "<\u200Ba@x.example\u00A0>"
            })
    void whatIsAroundAnAddressAndShowsNothingIsLeftOut(String pasted) {
        assertThat(read(pasted)).isEqualTo("a@x.example");
        assertThat(Addresses.one("From", pasted)).isEqualTo(new Mailbox("a@x.example", null));
    }

    @Test
    void linesAndTabsSeparateToo() {
        assertThat(read("a@x.example\r\nb@x.example\n\nc@x.example\td@x.example\u00A0e@x.example"))
                .isEqualTo("a@x.example b@x.example c@x.example d@x.example e@x.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anna@ | To: \"anna@\" is not an email address.",
                "a@x.example, anna@, b@ | To: \"anna@\" is not an email address.",
                "anna, ben@x.example | To: \"anna\" is not an email address.",
                "a@x.example, anna | To: \"anna\" is not an email address.",
                "anna; Ben <ben@x.example> | To: \"anna\" is not an email address.",
                "Anna <a@x.example | To: \"Anna <a@x.example\" is not an email address.",
                "Anna a@x.example | To: \"Anna a@x.example\" is not an email address.",
                "a@x.example b | To: \"a@x.example b\" is not an email address.",
                "Anna <a@x.example> b | To: \"b\" is not an email address.",
                "a@x.example (Anna), b@x.example | To: \"a@x.example (Anna)\" is not an email address.",
                "Anna [a@x.example] | To: \"Anna [a@x.example]\" is not an email address.",
                "mailto: | To: \"mailto:\" is not an email address.",
                "a@x.example.. | To: \"a@x.example..\" is not an email address.",
                "an​na@x.example | To: \"an​na@x.example\" is not an email address. It has an invisible"
                        + " character in it (U+200B)."
            })
    void theFirstPartThatIsNotUnderstoodIsShown(String list, String sentence) {
        assertThatThrownBy(() -> Addresses.list("To", list)).hasMessage(sentence);
    }

    @Test
    void noTextTakesLong() {
        for (String part : List.of(" ", "\u200B", "\"", "\\", "'", "<", ">", "a", "a ", "a@", "\"\\")) {
            String text = part.repeat(2_000_000 / part.length()) + "@";
            assertThatThrownBy(() -> Addresses.list("To", text)).message().hasSizeLessThan(200);
            assertThatThrownBy(() -> Addresses.one("To", text)).message().hasSizeLessThan(200);
        }
    }

    private static String read(String list) {
        return Addresses.list("To", list).stream()
                .map(mailbox ->
                        mailbox.name() == null ? mailbox.address() : mailbox.name() + " <" + mailbox.address() + ">")
                .collect(Collectors.joining(" "));
    }

    @Test
    void lengthsAreThoseOfRfc5321InOctets() {
        assertThat(Addresses.isAddress("x".repeat(64) + "@example.com")).isTrue();
        assertThat(Addresses.isAddress("x".repeat(65) + "@example.com")).isFalse();
        assertThat(Addresses.isAddress("é".repeat(33) + "@example.com")).isFalse();
        String domain = ("x".repeat(61) + ".").repeat(3);
        assertThat(Addresses.isAddress("x".repeat(64) + "@" + domain + "abc")).isTrue();
        assertThat(Addresses.isAddress("x".repeat(64) + "@" + domain + "abcd")).isFalse();
        assertThat(Addresses.isAddress("a@" + "x".repeat(64) + ".example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = 20_261_123)
    void whatIsTakenForAnAddressIsOneAndNothingMore(long seed) throws Exception {
        Random random = new Random(seed);
        String alphabet = "ab.@\"\\ <>(),;:[]\r\n\u0000\u760d\u202e\u00fcxn--";
        int addresses = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String address =
                    text.append(random.nextBoolean() ? "@example.com" : "").toString();
            if (Addresses.isAddress(address)) {
                addresses++;
                assertThat(address).as("seed %d", seed).doesNotContainPattern("[\\p{Cntrl}\u760d\u202e ]");
                InternetAddress[] parsed = InternetAddress.parse(address, true);
                assertThat(parsed).hasSize(1);
                assertThat(parsed[0].getPersonal()).isNull();
            }
        }
        assertThat(addresses).isPositive();
    }
}
