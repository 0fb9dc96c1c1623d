package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeginningTest {

    @Test
    void aTextThatFitsIsWhole() {
        assertThat(Beginning.of("abc", 3)).isEqualTo("abc");
        assertThat(Beginning.of("abcd", 3)).isEqualTo("abc");
    }

    @Test
    void noSurrogatePairIsCutInHalf() {
        assertThat(Beginning.of("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(Beginning.of("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00");
    }
}
