package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.mail.Mailbox;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {
    private static final String ALPHABET =
            "ab1-.@=?_xn--\u00e4\u00df\u1e9e\u03c2\u05d0\u0628\u0661\u200c\u0301\u2460\u760d\uff20";

    @ParameterizedTest
    @ValueSource(longs = 20_261_128)
    void whatAnOperatorMayEnterIsNeverRefusedLater(long seed) {
        Random random = new Random(seed);
        int addresses = 0;
        for (int round = 0; round < 50_000; round++) {
            String text = text(random, 4) + "@" + text(random, 7) + (random.nextBoolean() ? ".example" : "");
            if (Mailbox.isAddress(text)) {
                addresses++;
                assertThat(MailAddress.is(text))
                        .as(
                                "%s, seed %d",
                                text.chars().mapToObj("%04x"::formatted).toList(), seed)
                        .isTrue();
            }
        }
        assertThat(addresses).isGreaterThan(1_000);
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(longest); length > 0; length--) {
            // now and then any letter or mark of the basic plane
            int any = random.nextInt(0x3000);
            text.append((char)
                    (random.nextInt(4) == 0 && Character.isDefined(any)
                            ? any
                            : ALPHABET.charAt(random.nextInt(ALPHABET.length()))));
        }
        return text.toString();
    }
}
