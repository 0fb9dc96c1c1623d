package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemarkTest {

    @Test
    void twoThousandCharactersAreKept() {
        assertThat(Remark.kept("a".repeat(2_000))).hasSize(2_000);
        assertThat(Remark.kept("a".repeat(2_001))).hasSize(2_000);
        assertThat(Remark.kept(null)).isNull();
    }

    @Test
    void noSurrogatePairIsCutInHalf() {
        assertThat(Remark.kept("a".repeat(1_999) + "\uD83D\uDE00")).isEqualTo("a".repeat(1_999));
        assertThat(Remark.kept("a".repeat(1_998) + "\uD83D\uDE00b")).endsWith("\uD83D\uDE00");
    }
}
