package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecideLinksTests {

    private final DecideLinks links = new DecideLinks(URI.create("https://mail.example.com/flowmail"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mail.example.com/flowmail/decide/abc",
                "HTTPS://MAIL.EXAMPLE.COM:443/flowmail/DECIDE/abc",
                "//mail.example.com/flowmail/decide/abc",
                "http:\\\\mail.example.com\\flowmail\\decide\\abc",
                "https://user@mail.example.com/flowmail/x/../decide/abc",
                "https://mail.example.com./flowmail/decide;a=b/abc",
                "https://mail.example.com/flowmail/%64ecide/abc",
                "https://mail.example.com/flowmail/de\ncide/abc",
                "https://ma\u00adil.example.com/flowmail/decide/abc",
                "https://ｍail.example.com/flowmail/decide/abc",
                "https://safe.example.net/?url=https%3A%2F%2Fmail.example.com%2Fflowmail%2Fdecide%2Fabc&x=%",
                "https://safe.example.net/?url=https%253A%252F%252Fmail.example.com%252Fflowmail%252Fdecide%252Fabc",
                "background:url(https://mail.example.com/flowmail/decide/abc)",
                "https://mail\u3002example\uff61com/flowmail/decide/abc",
                "https://ma\ufe0fil.exam\u034fple.com/flowmail/de\u2060cide/abc",
                "https://ma%E3%80%82%EF%B8%8Fil%CD%8F.example.com/decide/abc?mail.example.com/decide/",
                "https://m%CD%8Fail%E3%80%82example.com/flowmail/decide/abc",
            })
    void everySpellingOfOurOwnAddressIsFound(String address) {
        assertThat(links.in(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mail.example.com/flowmail/",
                "https://mail.example.com/decided",
                "https://other.example.com/decide/abc",
                "https://mail.example.community/decide/abc",
                "https://shop.mail.example.com/decide/abc",
                "mailto:someone@mail.example.com",
                "decide",
                "",
            })
    void otherAddressesAreLeftAlone(String address) {
        assertThat(links.in(address)).isFalse();
    }

    @Test
    void onlyTheWordThatIsALinkIsTakenOutOfAText() {
        assertThat(links.removedFrom("See https://mail.example.com/flowmail/decide/abc and $1 \\ https://x.example/."))
                .isEqualTo("See … and $1 \\ https://x.example/.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "See https://mail.exa<b>mple.com/flowmail/dec</b><i>ide/abc</i> now",
                "See https://mail.exa<b></b>mple.com/flowmail/decide/abc now",
                "See https://mail.exa<span style='display : NONE'>xx xx</span>mple.com/flowmail/decide/abc now",
                "See https://mail.exa<!-- x -->mple.com/flowmail/<wbr>decide/abc now",
                "See <span hidden>https://mail.example.com/flowmail/decide/abc</span> now",
            })
    void anAddressThatIsSplitOverElementsIsTakenOut(String html) {
        CallerHtml kept = CallerHtml.of(html, links);

        assertThat(kept.text()).matches("See( …)? now");
        assertThat(Jsoup.parse(kept.content()).text()).doesNotContain("mail", "decide");
    }

    @Test
    void wordsInDifferentBlocksAreDifferentWords() {
        assertThat(CallerHtml.of("<p>mail.example.com<p>/decide/abc", links).text())
                .isEqualTo("mail.example.com\n\n/decide/abc");
    }

    @Test
    void anInternationalHostIsFoundInBothForms() {
        DecideLinks international = new DecideLinks(URI.create("https://xn--bcher-kva.example"));

        assertThat(international.in("https://bücher.example/decide/abc")).isTrue();
        assertThat(international.in("https://xn--bcher-kva.example/decide/abc")).isTrue();
    }

    @Test
    void aBaseWithoutHostIsRefused() {
        assertThatThrownBy(() -> new DecideLinks(URI.create("/flowmail")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absolute");
    }
}
