package dev.flowmail.activities.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.keys.KeyRing;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreshCodesTest {
    private static final String ANNA = "decision-1/0.0";

    private final FreshCodes codes =
            new FreshCodes(KeyRing.parse("one:" + Base64.getEncoder().encodeToString(new byte[32])));

    @Test
    void aCodeHasSixDigitsAndIsTheSameOnEveryAttempt() {
        Set<String> different = new HashSet<>();
        for (int code = 0; code < 1_000; code++) {
            String nonce = codes.nonce();
            assertThat(codes.code(nonce, ANNA, 0)).matches("[0-9]{6}").isEqualTo(codes.code(nonce, ANNA, 0));
            different.add(codes.code(nonce, ANNA, 0));
        }
        assertThat(different).hasSizeGreaterThan(990);
    }

    @Test
    void aCodeIsForOneAnswerOfOnePerson() {
        String nonce = codes.nonce();
        String code = codes.code(nonce, ANNA, 0);
        String hash = FreshCodes.hash(nonce, ANNA, 0, code);

        assertThat(FreshCodes.hash(nonce, ANNA, 0, " " + code.substring(0, 3) + " " + code.substring(3)))
                .isEqualTo(hash);
        assertThat(FreshCodes.hash(nonce, ANNA, 1, code)).isNotEqualTo(hash);
        assertThat(FreshCodes.hash(nonce, "decision-1/0.1", 0, code)).isNotEqualTo(hash);
        assertThat(FreshCodes.hash(codes.nonce(), ANNA, 0, code)).isNotEqualTo(hash);
        assertThat(hash).doesNotContain(code);
    }
}
