package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "a@[192.0.2.1]"
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
                "a\uD83D@example.com"
            })
    void theseAreNot(String address) {
        assertThat(Addresses.isAddress(address)).isFalse();
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
