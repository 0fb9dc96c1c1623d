package dev.flowmail.activities.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.mail.Question.Comments;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCodesTest {
    private final KeyRing keys = ring((byte) 1);
    private final PageCodes codes = new PageCodes(keys);

    @Test
    void aCodeHasFiveSignsThatNobodyMixesUp() {
        for (int recipient = 0; recipient < 5_000; recipient++) {
            assertThat(codes.of(link(recipient, 0, 0)))
                    .matches("[A-Z3-9]{5}")
                    .containsPattern("[A-Z]")
                    .containsPattern("[3-9]")
                    .doesNotContainPattern("[0O1ILU5S8B2ZAE]");
        }
    }

    @Test
    void eachRecipientAndEachHolderHasAnother() {
        Set<String> different = new HashSet<>();
        for (int recipient = 0; recipient < 30; recipient++) {
            different.add(codes.of(link(recipient, 0, 0)));
            different.add(codes.of(link(recipient, 1, 0)));
        }

        assertThat(different).hasSize(60);
        assertThat(codes.isRight(codes.of(link(0, 0, 0)), link(0, 1, 0))).isFalse();
        assertThat(codes.isRight(codes.of(link(0, 0, 0)), link(1, 0, 0))).isFalse();
    }

    @Test
    void allLinksOfARecipientHaveOne() {
        assertThat(codes.of(link(3, 1, 1))).isEqualTo(codes.of(link(3, 1, 0)));
    }

    @Test
    void itIsKnownHoweverItIsTyped() {
        String code = codes.of(link(0, 0, 0));
        String wide = code.chars()
                .mapToObj(sign -> Character.toString(sign - ' ' + 0xFF00))
                .reduce("", String::concat);
        String eastern = code.chars()
                .mapToObj(sign -> Character.toString(Character.isDigit(sign) ? sign - '0' + 0x0660 : sign))
                .reduce("", String::concat);

        assertThat(List.of(
                        code,
                        code.toLowerCase(Locale.ROOT),
                        " " + code + "\u00a0\t",
                        code.substring(0, 2) + "-" + code.substring(2),
                        String.join(" ", code.split("")),
                        "\u2068" + code + "\u2069",
                        code + ".",
                        wide,
                        eastern))
                .allMatch(typed -> codes.isRight(typed, link(0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "K", "KKKKK", "\u0000", "\ud800", "0000000000000000000000000000"})
    void nothingElseIsRight(String typed) {
        assertThat(codes.isRight(typed, link(0, 0, 0))).isFalse();
    }

    @Test
    void theCodeOfAMailOutlivesARotationOfTheKeysAndEndsWithItsKey() {
        KeyRing rotated = keys.rotated(new Key("new", new byte[32]));
        PageCodes later = new PageCodes(rotated);

        assertThat(later.of(link(0, 0, 0))).isNotEqualTo(codes.of(link(0, 0, 0)));
        assertThat(later.isRight(codes.of(link(0, 0, 0)), link(0, 0, 0))).isTrue();
        assertThat(codes.isRight(later.of(link(0, 0, 0)), link(0, 0, 0))).isFalse();
    }

    private static DecisionLink link(int recipient, int generation, int outcome) {
        return new DecisionLink("decision-" + "ab".repeat(20), recipient, generation, outcome, 2, Comments.OFF);
    }

    private static KeyRing ring(byte fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, fill);
        return KeyRing.parse("old:" + Base64.getEncoder().encodeToString(key));
    }
}
