package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.templates.DecisionMail.Link;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionMailsTests {

    private static final String OUR_LINKS = "a[href*=/decide/]";
    private static final Pattern COLOUR = Pattern.compile("(?<![-\\w])color:(#[0-9a-f]{6})");
    private static final Pattern GROUND = Pattern.compile("background-color:\\s?(#[0-9a-f]{6})");
    private static final Pattern DARK_RULE = Pattern.compile("\\.fm-([a-z]+)([^{}]*)\\{([^}]*)}");

    private final DecisionMails mails = new DecisionMails(Brand.FLOWMAIL);

    static Stream<String> languages() {
        return Languages.SHIPPED.stream();
    }

    @Test
    void theTextPartIsCompleteByItself() {
        assertThat(text(Samples.mail("en", "Hello Bob,\r\n\r\nplease look.", null)))
                .isEqualTo("""
                    Hello Bob,

                    please look.

                    ----------------------------------------
                    Your decision is needed

                    Alice Example asks for your decision.
                    Subject: Order 4711: new laptops for the design team

                    Please choose one answer:

                    Approve: https://mail.example.com/flowmail/decide/code-0
                    Reject: https://mail.example.com/flowmail/decide/code-1
                    Ask me later: https://mail.example.com/flowmail/decide/code-2

                    Please answer by Tuesday, March 3, 2026, 2:30 PM UTC.

                    A link opens a page on which you confirm your answer. Opening it decides nothing yet.
                    If the page asks for a code, type this one: K7QMP

                    You get this email because Alice Example needs your decision. This email is for you personally. Please do not forward it.
                    For programs that check links (this link decides nothing): https://mail.example.com/flowmail/check/code
                    """);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void theCodeStandsInBothPartsAndTheLinkForScannersIsSeen(String language) {
        for (boolean reminder : List.of(false, true)) {
            WholeMail mail = new WholeMail(
                    language,
                    Samples.FROM,
                    Samples.SUBJECT,
                    "Hi",
                    null,
                    Samples.links(Samples.OUTCOMES),
                    Samples.DEADLINE,
                    reminder);

            Document document = html(mail);
            assertThat(document.text()).contains(Samples.CODE);
            assertThat(text(mail)).contains(Samples.CODE, Samples.CHECK);
            Element check = Objects.requireNonNull(document.select("a").last());
            assertThat(check.attr("href")).isEqualTo(Samples.CHECK);
            assertThat(check.text()).isNotBlank();
        }
    }

    @Test
    void withoutTextTheTextPartIsMadeFromTheHtml() {
        assertThat(text(Samples.mail("en", null, "<p>Hello <b>Bob</b>,<br>look:</p><ul><li>one<li>two</ul>")))
                .startsWith("Hello Bob,\nlook:\n\n- one\n- two\n\n-----");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aMailWithoutBodyStillAsks(String language) {
        RenderedMail mail = rendered(mails, Samples.mail(language, null, " "));

        assertThat(mail.text()).contains(Samples.FROM, Samples.SUBJECT, "2026", "UTC");
        assertThat(mail.text().lines().filter(line -> line.endsWith("/decide/code-1")))
                .hasSize(1);
        Document document = Jsoup.parse(mail.html());
        assertThat(document.select(OUR_LINKS).eachText()).isEqualTo(Samples.OUTCOMES);
        assertThat(document.text()).contains(Samples.FROM, Samples.SUBJECT, "2026", "UTC");
        assertThat(document.expectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(document.expectFirst("html").attr("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
    }

    @Test
    void aMailWithoutSubjectStillAsks() {
        RenderedMail mail = rendered(
                mails,
                new WholeMail("en", "Alice", " ", null, null, Samples.links(List.of("Yes")), Samples.DEADLINE, false));

        assertThat(mail.text()).doesNotContain("Subject").contains("Please answer here:\n\nYes: https://");
        assertThat(document(mail).title()).isEqualTo("Your answer is needed");
        assertThat(document(mail).select("h1")).isEmpty();
    }

    @Test
    void aReminderSaysThatItIsOne() {
        WholeMail reminder =
                new WholeMail("de", "Alice", "x", null, null, Samples.links(Samples.OUTCOMES), Samples.DEADLINE, true);

        assertThat(rendered(mails, reminder).text()).startsWith("Erinnerung");
        assertThat(rendered(mails, reminder).html()).contains("Erinnerung");
    }

    @Test
    void remindersDifferWhereTheyAreSeenAndDoNotRepeatTheBody() {
        RenderedMail second = reminder(2);
        RenderedMail third = reminder(3);

        assertThat(second.textAt()).isEqualTo(-1);
        assertThat(second.htmlAt()).isEqualTo(-1);
        assertThat(second.text()).startsWith("Reminder 2: your decision").contains("Please look at");
        assertThat(third.text()).startsWith("Reminder 3: your decision");
        assertThat(document(second).body().child(0).text()).startsWith("Reminder 2:");
        assertThat(document(second).select("h2").text())
                .isNotEqualTo(document(third).select("h2").text());
        assertThat(document(second).select("style")).hasSize(1);
    }

    /** Gmail compares a mail with those before it in its thread, and folds what is alike at its end: that must not reach the answers. */
    @Test
    void everyReminderHasItsOwnWordsBeforeTheAnswersAndAtTheEnd() {
        List<RenderedMail> thread = List.of(reminder(0), reminder(1), reminder(2), reminder(10));

        assertThat(thread.stream().map(mail -> visible(mail).get(visible(mail).size() - 1)))
                .doesNotHaveDuplicates()
                .endsWith("This is reminder 10.");
        assertThat(thread.stream().map(mail -> visible(mail).get(visible(mail).indexOf("Approve") - 1)))
                .doesNotHaveDuplicates()
                .endsWith("Reminder 10: please choose one answer:");
        assertThat(thread.stream().map(mail -> mail.text().substring(mail.text().lastIndexOf("\n\n"))))
                .doesNotHaveDuplicates();
    }

    private static List<String> visible(RenderedMail mail) {
        return document(mail).select("h1, h2, p, .fm-button a").eachText();
    }

    private RenderedMail reminder(int number) {
        CallerBody body = new CallerBodies(Samples.PUBLIC_URL)
                .of(
                        null,
                        "<style>p{color:red}</style><p>Please look at " + "this and that ".repeat(100) + "the end</p>");
        return mails.render(new DecisionMail(
                "en",
                "Alice",
                "x",
                body.outline(),
                Samples.links(Samples.OUTCOMES),
                Samples.DEADLINE,
                number,
                null,
                Samples.CODE,
                Samples.CHECK));
    }

    @Test
    void whoMustAgreeIsSaidInDigits() {
        RenderedMail mail = mails.render(new DecisionMail(
                "en",
                "Alice",
                "x",
                CallerBody.Outline.EMPTY,
                Samples.links(Samples.OUTCOMES),
                Samples.DEADLINE,
                0,
                new Agreement(3, 2, "Reject"),
                Samples.CODE,
                Samples.CHECK));

        assertThat(mail.text()).contains("3 people are asked, 2 must agree.\n1 answer “Reject” ends it.\n");
        assertThat(document(mail).text()).contains("3 people are asked, 2 must agree.", "1 answer “Reject” ends it.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aSingleAnswerIsNotCalledADecision(int reminder) {
        RenderedMail mail = mails.render(new DecisionMail(
                "en",
                "Alice",
                "Read this",
                CallerBody.Outline.EMPTY,
                Samples.links(List.of("Seen")),
                Samples.DEADLINE,
                reminder,
                null,
                Samples.CODE,
                Samples.CHECK));

        assertThat(mail.text()).contains("asks for your answer").doesNotContain("decision is", "your decision");
        assertThat(document(mail).text())
                .contains("asks for your answer")
                .doesNotContain("decision is", "your decision");
    }

    @Test
    void aToneColoursAButtonInBothSchemes() {
        for (Tone tone : Tone.values()) {
            Document document = document(mails.render(new DecisionMail(
                    "en",
                    "Alice",
                    "x",
                    CallerBody.Outline.EMPTY,
                    List.of(new Link("Go", "https://x.example", tone)),
                    Samples.DEADLINE,
                    0,
                    null,
                    Samples.CODE,
                    Samples.CHECK)));
            Accent accent = tone.accent(Accent.FLOWMAIL);

            assertThat(document.expectFirst("td.fm-button").attr("bgcolor")).isEqualTo(accent.light());
            assertThat(document.expectFirst("style").data()).contains(accent.dark());
        }
    }

    @Test
    void outlookGetsATableOfFixedWidth() {
        String html = rendered(mails, Samples.mail("en", "Hello", null)).html();

        assertThat(html)
                .contains("<!--[if mso]><table role=\"presentation\" width=\"560\"")
                .contains("[data-ogsc] .fm-text", "[data-ogsb] .fm-card");
        assertThat(WordView.of(html).select("table[width=560] table[width=560]"))
                .isNotEmpty();
    }

    @Test
    void outlookGetsButtonsThatAreLinksInAllTheirArea() {
        Document document =
                WordView.of(rendered(mails, Samples.mail("en", "Hello", null)).html());

        assertThat(document.select("td.fm-button")).isEmpty();
        assertThat(document.select("v|roundrect[href*=/decide/]").eachText()).isEqualTo(Samples.OUTCOMES);
        for (Element button : document.select("v|roundrect")) {
            assertThat(button.attr("style")).contains("width:500px", "height:48px", "v-text-anchor:middle");
            assertThat(button.attr("fillcolor")).isEqualTo(Accent.FLOWMAIL.light());
            assertThat(button.select("w|anchorlock")).hasSize(1);
        }
        assertThat(document.select("a[href*=/decide/]")).isEmpty();
    }

    @Test
    void aLongLabelGetsAHigherButtonInOutlook() {
        Map<String, Integer> heights = new HashMap<>();
        for (String label : List.of("Yes", "order all of them ".repeat(10), "発注してもよろしいですか".repeat(15))) {
            WholeMail mail = new WholeMail(
                    "en",
                    "Alice",
                    "x",
                    null,
                    null,
                    List.of(new Link(label, "https://x.example/decide/c")),
                    Samples.DEADLINE,
                    false);
            String style = WordView.of(rendered(mails, mail).html())
                    .expectFirst("v|roundrect")
                    .attr("style");
            heights.put(label.substring(0, 2), Integer.valueOf(style.replaceAll(".*;height:(\\d+)px.*", "$1")));
        }

        // 22 px a line: 180 letters need four lines, 180 signs of twice their width seven
        assertThat(heights.get("Ye")).isEqualTo(48);
        assertThat(heights.get("or")).isBetween(26 + 4 * 22, 26 + 6 * 22);
        assertThat(heights.get("発注")).isBetween(26 + 7 * 22, 26 + 9 * 22);
    }

    @Test
    void aLabelThatRunsTheOtherWayDoesSoInOutlook() {
        WholeMail mail = new WholeMail(
                "en", "Alice", "x", null, null, Samples.links(List.of("موافقة!", "No")), Samples.DEADLINE, false);

        assertThat(WordView.of(rendered(mails, mail).html())
                        .select("v|roundrect center")
                        .eachAttr("dir"))
                .containsExactly("rtl", "ltr");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50_000, 150_000, 5_000_000})
    void theFirstAnswerStandsBeforeGmailsCut(int size) {
        String sheet = "<style>" + ".x{color:#ff0000}\n".repeat(size / 18) + "</style><p>Hi";
        for (WholeMail mail : List.of(
                Samples.mail("en", null, sheet),
                Samples.mail("en", null, "<p>" + "é ".repeat(size / 3)),
                Samples.mail("en", null, sheet + "é ".repeat(size / 3)),
                Samples.mail("ja", "é ".repeat(size / 3), null))) {
            String html = rendered(mails, mail).html();
            int first = html.indexOf("/decide/");

            assertThat(html.substring(0, first).getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(102_400);
        }
    }

    @Test
    void aMailWithoutLinksIsAProgrammersMistake() {
        assertThatThrownBy(() -> new DecisionMail(
                        "en",
                        "a",
                        "b",
                        CallerBody.Outline.EMPTY,
                        List.of(),
                        Samples.DEADLINE,
                        0,
                        null,
                        Samples.CODE,
                        Samples.CHECK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textStandsInParagraphs() {
        Document document = html(Samples.mail("en", "One <b>&amp;\n  two\n\n\nThree\u0007", null));

        assertThat(document.select("p[dir=auto]").eachText()).containsExactly("One <b>&amp; two", "Three");
        assertThat(document.select("p[dir=auto] br")).hasSize(1);
    }

    @Test
    void htmlWithoutMarkupIsALetter() {
        RenderedMail mail = rendered(
                mails,
                Samples.mail("en", null, "Dear Anna,\r\n\r\nyour order &euro; 4711\nPrice < 100 & > 50\n\nRegards"));

        assertThat(mail.text()).startsWith("Dear Anna,\n\nyour order € 4711\nPrice < 100 & > 50\n\nRegards\n\n---");
        assertThat(document(mail).select("p[dir=auto]").eachText())
                .containsExactly("Dear Anna,", "your order € 4711 Price < 100 & > 50", "Regards");
        assertThat(document(mail).select("p[dir=auto] br")).hasSize(1);
    }

    @Test
    void everyOutcomeIsAButtonThatAFingerHits() {
        Elements links = html(Samples.mail("en", null, null)).select(OUR_LINKS);
        assertThat(links).hasSameSizeAs(Samples.OUTCOMES);
        for (Element link : links) {
            assertThat(link.attr("style")).contains("padding:12px", "line-height:22px", "display:block");
            assertThat(link.parents().get(0).normalName()).isEqualTo("td");
            assertThat(link.parents().get(0).attr("style")).contains("border:2px solid");
        }
    }

    @Test
    void layoutTablesSaySoAndOurPartNeedsNothingFromElsewhere() {
        RenderedMail mail = rendered(mails, Samples.mail("en", "Hello", null));
        Document document = document(mail);

        assertThat(document.select("table"))
                .isNotEmpty()
                .allMatch(table -> table.attr("role").equals("presentation"));
        assertThat(document.select("script, img, link, svg, iframe, form, [src], [background]"))
                .isEmpty();
        assertThat(document.select("meta[name=color-scheme]").attr("content")).isEqualTo("light dark");
        assertThat(mail.html()).contains("prefers-color-scheme: dark").doesNotContain("url(", "@import");
        assertThat(mail.html().getBytes(StandardCharsets.UTF_8).length).isLessThan(12_000);
    }

    @Test
    void thePreheaderSaysWhatIsAskedUntilWhen() {
        Element preheader = html(Samples.mail("en", null, "<p>Hi</p>")).body().child(0);

        assertThat(preheader.attr("style")).contains("display:none");
        assertThat(preheader.text())
                .isEqualTo("Hi Alice Example asks for your decision by Tuesday, March 3, 2026, 2:30 PM UTC.");
    }

    @Test
    void hostileStringsStayText() {
        String hostile = "</title></style><script>x</script><!--\"'>-->\u202e\r\nBcc: a@b {0} ${7*7} [[${7*7}]]";
        RenderedMail mail = rendered(
                mails,
                new WholeMail(
                        "en",
                        hostile,
                        hostile,
                        hostile,
                        null,
                        List.of(new Link(hostile, "https://x.example/?a=\"><b>")),
                        Samples.DEADLINE,
                        false));
        String seen = "</title></style><script>x</script><!--\"'>--> Bcc: a@b {0} ${7*7} [[${7*7}]]";

        Document document = document(mail);
        assertThat(document.select("script, b")).isEmpty();
        assertThat(document.title()).isEqualTo(seen);
        assertThat(document.select("a:not([href*=/check/])").text()).isEqualTo(seen);
        assertThat(document.select("h1 > bdi").text()).isEqualTo(seen);
        Document inWord = WordView.of(mail.html());
        assertThat(inWord.select("script, b")).isEmpty();
        assertThat(inWord.select("v|roundrect").eachText()).containsExactly(seen);
        assertThat(inWord.select("v|roundrect").attr("href")).isEqualTo("https://x.example/?a=\"><b>");
        assertThat(mail.text()).contains("Subject: " + seen + "\n", seen + ": https://x.example/?a=\"><b>\n");
    }

    @Test
    void stringsThatRunTheOtherWayAreIsolated() {
        WholeMail mail = new WholeMail(
                "en", "أليس", "x", null, null, Samples.links(List.of("موافقة", "No")), Samples.DEADLINE, false);

        assertThat(text(mail)).contains("\u2068أليس\u2069 asks", "\u2068موافقة\u2069: https://", "\nNo: https://");
        assertThat(html(mail).select("bdi").eachText()).contains("أليس", "موافقة");
    }

    @Test
    void longHtmlHasTheOutcomesAtTheTopAsWell() {
        Document document = html(Samples.mail("en", null, "<p>" + "é".repeat(40_001) + "</p>"));

        assertThat(document.select(OUR_LINKS)).hasSize(6);
        List<Element> children = document.expectFirst("[role=main]").children();
        assertThat(children.get(0).select(OUR_LINKS)).hasSize(3);
        assertThat(children.get(1).text()).startsWith("é");
        assertThat(children.get(2).select(OUR_LINKS)).hasSize(3);
        assertThat(html(Samples.mail("en", null, "<p>" + "e".repeat(79_000) + "</p>"))
                        .select(OUR_LINKS))
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aMailStaysSmallerThanWhatGmailCutsOff(String language) {
        assertThat(size(outcomes(10, language, "<p>Hello"))).isLessThan(30_000);
        assertThat(size(outcomes(10, language, "<p>" + "e".repeat(70_000)))).isLessThan(100_000);
    }

    @Test
    void whenBothTogetherAreLongTheOutcomesStandAtTheTopAsWell() {
        assertThat(html(outcomes(30, "en", "<p>" + "e".repeat(40_000))).select(OUR_LINKS))
                .hasSize(30);
        assertThat(html(outcomes(30, "en", "<p>" + "e".repeat(79_000))).select(OUR_LINKS))
                .hasSize(60);
    }

    private int size(WholeMail mail) {
        return rendered(mails, mail).html().getBytes(StandardCharsets.UTF_8).length;
    }

    private static WholeMail outcomes(int number, String language, String html) {
        List<Link> links = IntStream.rangeClosed(1, number)
                .mapToObj(index -> new Link(
                        "Outcome " + index + " of many, with quite a few words",
                        Samples.PUBLIC_URL + "/decide/" + "c".repeat(68)))
                .toList();
        return new WholeMail(language, Samples.FROM, Samples.SUBJECT, null, html, links, Samples.DEADLINE, false);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyTextComesFromTheBundles(String language) {
        DecisionMails pseudo = new DecisionMails(Brand.FLOWMAIL.speaking(new PseudoLocale()));
        List<String> data =
                new ArrayList<>(List.of(Samples.SUBJECT, Samples.FROM, "CALLER", Samples.CODE, Samples.CHECK));
        Samples.links(Samples.OUTCOMES).forEach(link -> data.add(link.address()));
        data.addAll(Samples.OUTCOMES);
        for (WholeMail mail : List.of(
                Samples.mail(language, "CALLER", null),
                Samples.mail(language, null, "<p>CALLER"),
                Samples.mail(language, null, null))) {
            RenderedMail rendered = rendered(pseudo, mail);

            assertThat(PseudoLocale.leftovers(rendered.text(), data)).isEmpty();
            assertThat(PseudoLocale.leftovers(document(rendered).body().wholeText(), data))
                    .isEmpty();
            assertThat(PseudoLocale.leftovers(document(rendered).title(), data)).isEmpty();
        }
    }

    @Test
    void ourTextStandsOutInBothSchemes() {
        Document document = html(Samples.mail("en", "Hello", null));
        Map<String, String> dark = new HashMap<>();
        DARK_RULE
                .matcher(document.select("style").get(0).data())
                .results()
                .filter(rule -> !rule.group(1).equals("caller"))
                .forEach(rule -> {
                    COLOUR.matcher(rule.group(3).replace(": ", ":"))
                            .results()
                            .forEach(hit -> dark.put(rule.group(1) + " text", hit.group(1)));
                    GROUND.matcher(rule.group(3))
                            .results()
                            .forEach(hit -> dark.put(rule.group(1) + " ground", hit.group(1)));
                });

        int checked = 0;
        for (Element element : document.body().select("[style]")) {
            String colour = first(COLOUR, element.attr("style"));
            if (colour == null || element.ownText().isBlank()) {
                continue;
            }
            Element ground = groundOf(element);
            assertThat(Contrast.ratio(colour, String.valueOf(first(GROUND, ground.attr("style")))))
                    .as("light: " + element.ownText())
                    .isGreaterThanOrEqualTo(4.5);
            assertThat(Contrast.ratio(darkText(element, dark), String.valueOf(dark.get(name(ground) + " ground"))))
                    .as("dark: " + element.ownText())
                    .isGreaterThanOrEqualTo(4.5);
            checked++;
        }
        assertThat(checked).isGreaterThan(7);
    }

    private static String darkText(Element element, Map<String, String> dark) {
        for (Element at = element; at != null; at = at.parent()) {
            String colour = dark.get(name(at) + " text");
            if (colour != null) {
                return colour;
            }
        }
        throw new AssertionError("no colour in the dark for " + element);
    }

    private static String name(Element element) {
        return element.className().replace("fm-", "");
    }

    private static Element groundOf(Element element) {
        for (Element at = element; at != null; at = at.parent()) {
            if (first(GROUND, at.attr("style")) != null) {
                return at;
            }
        }
        throw new AssertionError("no ground under " + element);
    }

    private static @Nullable String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(hit -> hit.group(1))
                .findFirst()
                .orElse(null);
    }

    private String text(WholeMail mail) {
        return rendered(mails, mail).text();
    }

    private Document html(WholeMail mail) {
        return mail.documentBy(mails);
    }

    private static Document document(RenderedMail mail) {
        return Jsoup.parse(mail.html());
    }

    private static RenderedMail rendered(DecisionMails mails, WholeMail mail) {
        return mail.renderedBy(mails);
    }
}
