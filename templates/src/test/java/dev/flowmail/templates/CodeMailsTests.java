package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodeMailsTests {

    private final CodeMails mails = new CodeMails(Brand.FLOWMAIL);

    static Stream<String> languages() {
        return Languages.SHIPPED.stream();
    }

    @Test
    void theTextPartIsCompleteByItself() {
        assertThat(mails.render(mail("en", Samples.FROM)).text()).isEqualTo("""
            Your code

            Alice Example asks for your decision. You are about to answer “Approve”.
            Subject: Order 4711: new laptops for the design team

            Type this code on the page: 012345

            It is valid for 10 minutes and for this answer only.
            If you have not just pressed a button, do nothing: nothing has been recorded. Somebody else may have your link.
            """);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void bothPartsHoldTheCodeInTheLanguageOfTheRequestAndLeadNowhere(String language) {
        RenderedMail mail = mails.render(mail(language, Samples.FROM));
        Document document = Jsoup.parse(mail.html());

        assertThat(mail.text()).contains("012345").doesNotContain("??", "http");
        assertThat(document.text()).contains("012345").doesNotContain("??");
        assertThat(document.select("a, img, script, form")).isEmpty();
        assertThat(document.expectFirst("html").attr("lang")).isEqualTo(Languages.tag(language, null));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyTextComesFromTheBundles(String language) {
        RenderedMail mail = new CodeMails(Brand.FLOWMAIL.speaking(new PseudoLocale())).render(mail(language, "FROM"));
        List<String> data = List.of("FROM", Samples.SUBJECT, "Approve", "012345");

        assertThat(PseudoLocale.leftovers(mail.text(), data)).isEmpty();
        assertThat(PseudoLocale.leftovers(Jsoup.parse(mail.html()).body().wholeText(), data))
                .isEmpty();
    }

    @Test
    void whatACallerWroteIsNoMarkup() {
        Document document = Jsoup.parse(
                mails.render(mail("en", "<script>x</script><a href=x>")).html());

        assertThat(document.select("script, a")).isEmpty();
    }

    private static CodeMail mail(String language, String from) {
        return new CodeMail(language, from, Samples.SUBJECT, "Approve", "012345");
    }
}
