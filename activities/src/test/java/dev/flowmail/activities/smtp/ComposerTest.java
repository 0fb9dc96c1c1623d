package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposerTest {

    @ParameterizedTest
    @CsvSource({"a/b/, a~b~", "a\\b, a~b", "a\\/b, a~b", "a\\\\b, a~~b", "a/\\b, a~~b", "\\, ~", "a, a"})
    void everyLineEndIsMadeCanonical(String text, String canonical) {
        assertThat(BodyPart.canonicalLines(text.replace('/', '\n').replace('\\', '\r')))
                .isEqualTo(canonical.replace("~", "\r\n"));
    }
}
