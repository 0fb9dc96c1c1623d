package dev.flowmail.activities.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {

    private static final byte[] ONE = "one-one-one-one-one-one-one-one-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TWO = "two-two-two-two-two-two-two-two-".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theSettingKeepsItsOrder() {
        KeyRing keys = KeyRing.parse(" new.1:" + base64(ONE) + " , old_2:" + base64(TWO) + "\n");

        assertThat(keys.first().id()).isEqualTo("new.1");
        assertThat(keys.first().bytes()).isEqualTo(ONE);
        assertThat(keys.keys()).extracting(Key::id).containsExactly("new.1", "old_2");
        assertThat(keys.byId("old_2").orElseThrow().bytes()).isEqualTo(TWO);
        assertThat(keys.byId("gone")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                  | Key 1 has no id
            b25lLW9uZS1vbmUtb25lLW9uZS1vbmUtb25lLW9uZS0=        | Key 1 has no id
            a:b25lLW9uZS1vbmUtb25lLW9uZS1vbmUtb25lLW9uZS0=,     | Key 2 has no id
            a:b25lLW9uZS1vbm                                    | not 10
            a:secret!                                           | not base64
            a b:b25lLW9uZS1vbmUtb25lLW9uZS1vbmUtb25lLW9uZS0=    | id is 1 to 32
            :b25lLW9uZS1vbmUtb25lLW9uZS1vbmUtb25lLW9uZS0=       | id is 1 to 32
            """)
    void aWrongSettingIsNamedWithoutAnyOfTheKey(String setting, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.parse(setting))
                .withMessageContaining(sentence)
                .withMessageNotContainingAny("b25l", "secret");
    }

    @Test
    void anIdStandsThereOnce() {
        String setting = "a:" + base64(ONE) + ",a:" + base64(TWO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.parse(setting))
                .withMessage("Two keys have the id a; give each its own");
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyRing(List.of()));
    }

    @Test
    void keysShowNothingAndCannotBeChanged() {
        byte[] given = ONE.clone();
        Key key = new Key("k", given);
        given[0] = 0;
        key.bytes()[1] = 0;

        assertThat(key.bytes()).isEqualTo(ONE);
        assertThat(key).hasToString("Key[k]");
        assertThat(new KeyRing(List.of(key))).hasToString("KeyRing[Key[k]]");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
