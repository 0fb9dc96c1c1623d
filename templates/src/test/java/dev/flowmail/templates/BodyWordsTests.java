package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyWordsTests {

    @Test
    void textGoesBeforeHtmlAndHtmlBecomesWords() {
        assertThat(BodyWords.of("May I?\r\n", "<p>May <b>I</b>?")).isEqualTo(new BodyWords("May I?", true));
        assertThat(BodyWords.of(
                        " ", "<style>p{}</style><p>May <b>I</b>?<img src=http://x/y.png alt=Smile><script>z</script>"))
                .isEqualTo(new BodyWords("May I?Smile", true));
        assertThat(BodyWords.of(null, "3 &lt; 4\n\nDone")).isEqualTo(new BodyWords("3 < 4\n\nDone", true));
        assertThat(BodyWords.of(null, null)).isEqualTo(new BodyWords("", true));
    }

    @Test
    void aLongBodyIsCutBetweenCharacters() {
        BodyWords words = BodyWords.of("x" + "😀".repeat(20_000), null);

        assertThat(words.isWhole()).isFalse();
        assertThat(words.words()).hasSize(15_999).endsWith("😀");
        assertThat(BodyWords.of("x".repeat(16_000), null).isWhole()).isTrue();
    }

    @Test
    void ofVeryLongHtmlOnlyTheBeginningIsRead() {
        BodyWords words = BodyWords.of(null, "<p>Yes</p>" + "<b></b>".repeat(1_000_000));

        assertThat(words).isEqualTo(new BodyWords("Yes", false));
    }

    @Test
    void whatLooksLikeMarkupOnlyBehindTheCutMakesNoDifference() {
        assertThat(BodyWords.of(null, "<table><tr><td>a<td>b" + "</table".repeat(100_000))
                        .words())
                .startsWith("a b");
    }
}
