package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.templates.Page.AlreadyAnswered;
import dev.flowmail.templates.Page.AlreadyDecided;
import dev.flowmail.templates.Page.Answer;
import dev.flowmail.templates.Page.Asked;
import dev.flowmail.templates.Page.Attempt;
import dev.flowmail.templates.Page.Comments;
import dev.flowmail.templates.Page.Confirm;
import dev.flowmail.templates.Page.Effect;
import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Gone;
import dev.flowmail.templates.Page.Home;
import dev.flowmail.templates.Page.Kind;
import dev.flowmail.templates.Page.Matter;
import dev.flowmail.templates.Page.Notice;
import dev.flowmail.templates.Page.Outcome;
import dev.flowmail.templates.Page.Pending;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Page.Reason;
import dev.flowmail.templates.Page.Recorded;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTests {

    private static final String HOSTILE =
            "</title><script>alert(1)</script>\"'`<img src=x onerror=alert(1)>\u202e\r\n{0} ${7*7}";

    private final Pages pages = new Pages();

    static Stream<String> languages() {
        return Languages.SHIPPED.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyPageStatesItsLanguageAndDirectionAndHasOneFocusedHeading(String language) {
        for (Page page : Samples.pages(language)) {
            Document document = document(page);

            assertThat(root(document).attr("lang")).isEqualTo(language);
            assertThat(root(document).attr("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
            assertThat(document.select("h1")).hasSize(1);
            assertThat(document.selectXpath("//h1[@tabindex='-1']")).hasSize(1);
            Element wrong = document.selectFirst("#comment-problem ~ textarea, #code-problem ~ input");
            assertThat(document.selectXpath("//*[@autofocus]"))
                    .singleElement()
                    .isEqualTo(wrong == null ? document.expectFirst("h1") : wrong);
            assertThat(document.title()).isNotBlank();
        }
    }

    @Test
    void noPageNeedsAScriptAStyleAttributeOrAnythingFromElsewhere() {
        for (Page page : Samples.pages("en")) {
            Document document = document(page);

            assertThat(document.select("link").outerHtml())
                    .isEqualTo("<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">");
            // it copies an address, and stands in a file of ours
            document.select("link, script[src=home.js]").remove();
            assertThat(document.select("script, link, img, iframe, object, svg, base, [style], [src], [onclick]"))
                    .isEmpty();
            assertThat(document.select("style")).hasSize(1);
        }
    }

    @Test
    void theIconLiesBelowThePrefix() {
        Pages below = new Pages(Brand.FLOWMAIL, "/some/prefix");

        assertThat(Jsoup.parse(below.render(Samples.pages("en").get(0)))
                        .select("link")
                        .attr("href"))
                .isEqualTo("/some/prefix/favicon.svg");
        assertThat(below.icon()).startsWith("<svg xmlns=").contains(Accent.FLOWMAIL.light());
    }

    @Test
    void aProxyThatHidesAddressesLeavesOursAlone() {
        List<String> sent = Samples.pages("en").stream().map(pages::render).toList();

        assertThat(sent).anyMatch(page -> page.contains("@example.com"));
        assertThat(sent)
                .allSatisfy(page -> assertThat(asCloudflareSendsIt(page)).isEqualTo(page));
    }

    /** With its email address obfuscation, which is on by default. */
    private static String asCloudflareSendsIt(String page) {
        return Pattern.compile("(?s)<!--email_off-->.*?<!--/email_off-->|[\\w.+-]+@[\\w-]+\\.[\\w.-]+")
                .matcher(page)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("<!--")
                                ? found.group()
                                : "<span class=\"__cf_email__\">[email&#160;protected]</span>"));
    }

    @Test
    void theHashIsThatOfTheStyleInThePage() throws NoSuchAlgorithmException {
        String style =
                document(Samples.pages("ar").get(0)).select("style").get(0).data();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(style).hasSizeGreaterThan(1000);
        assertThat(pages.styleHash()).isEqualTo("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }

    @Test
    void onlyTheConfirmPageHasAFormAndItHasOne() {
        for (Page page : Samples.pages("de")) {
            assertThat(document(page).select("form")).hasSize(page instanceof Confirm ? 1 : 0);
        }
    }

    @Test
    void submittedAsItStandsTheFormDecidesForTheLinkedOutcome() {
        Element form = document(confirm(Comments.OFF, null, null)).expectFirst("form");

        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.hasAttr("action")).isFalse();
        assertThat(form.select("input:not([name=note]), select, textarea")).isEmpty();
        assertThat(form.select("button")).allSatisfy(button -> {
            assertThat(button.attr("name")).isEqualTo("outcome");
            assertThat(button.attr("type")).isIn("", "submit");
        });
        assertThat(form.select("button").eachAttr("value")).containsExactly("1", "0", "2");
        assertThat(form.select("button").eachText())
                .containsExactly("Send “Reject”", "Send “Approve”", "Send “Ask me later”");
    }

    @Test
    void theConfirmPageSaysWhatIsAskedByWhomUntilWhenAndWhatAButtonDoes() {
        Document document = document(confirm(Comments.OFF, null, null));

        assertThat(document.select("h1").text()).isEqualTo(Samples.SUBJECT);
        assertThat(document.body().text())
                .contains(Samples.FROM, Samples.ADDRESS, "Tuesday, March 3, 2026, 2:30 PM UTC")
                .contains("12 laptops, 2 of them for the interns.", "The offer ends on Friday.")
                .contains("The rest is in the email.")
                .contains("offer.pdf 119 kB", "list.csv")
                .contains("3 people are asked, 2 must agree. 1 answer “Reject” ends it. 1 of 3 have answered.")
                .contains("sends your answer at once", "cannot change it afterwards");
        assertThat(document.select(".warning + button")).hasSize(1);
    }

    @Test
    void thatACodeIsOnItsWayIsNoMistake() {
        Document sent = document(asksForFreshCode(Problem.FRESH_SENT));
        Document wrong = document(asksForFreshCode(Problem.FRESH_WRONG));

        assertThat(sent.select("#code-problem").text()).isNotBlank();
        assertThat(sent.select(".problem, [aria-invalid]")).isEmpty();
        assertThat(wrong.select("#code-problem.problem ~ [aria-invalid=true]")).hasSize(1);
    }

    private static Confirm asksForFreshCode(Problem problem) {
        return new Confirm(
                "en",
                asked("", true),
                Samples.buttons(Samples.OUTCOMES),
                0,
                Samples.DEADLINE,
                Comments.OFF,
                null,
                problem,
                null,
                Page.Code.FRESH);
    }

    @Test
    void aLongTextIsFoldedAndAShortOneStandsThere() {
        Document folded = document(confirm(Comments.OFF, null, null));
        Document open = document(confirm(asked("First\n<b>second</b>", true), Samples.OUTCOMES));

        assertThat(folded.select("details p").text()).contains("The offer ends on Friday.");
        assertThat(folded.select("summary").text()).startsWith("12 laptops").endsWith("… Show the whole text");
        assertThat(open.select("details")).isEmpty();
        assertThat(open.select(".letter p").get(0).wholeText()).isEqualTo("First\n<b>second</b>");
        assertThat(open.text()).doesNotContain("The rest is in the email");
    }

    @Test
    void whatIsNotKnownOfARequestIsLeftOut() {
        Document document = document(confirm(
                new Asked(Samples.FROM, null, Samples.SUBJECT, "", true, List.of(), null, 0), Samples.OUTCOMES));

        assertThat(document.select(".letter, .files, .address")).isEmpty();
        assertThat(document.text()).doesNotContain("people are asked", "have answered");
    }

    @Test
    void buttonsHaveTheColoursOfTheirOutcomesBesideTheirWords() {
        Document document = document(confirm(Comments.OFF, null, null));

        assertThat(document.select("button.red").text()).isEqualTo("Send “Reject”");
        assertThat(document.select("button.green").text()).isEqualTo("Send “Approve”");
        assertThat(document.select("style").html()).contains(".red{--accent:#b3261e");
    }

    @Test
    void aSingleAnswerIsNotCalledADecision() {
        Document document = document(new Confirm(
                "en",
                asked("", true),
                List.of(new Outcome("Seen")),
                0,
                Samples.DEADLINE,
                Comments.OFF,
                null,
                null,
                null,
                null));

        assertThat(document.body().text())
                .contains("asks for your answer", "Send “Seen”")
                .doesNotContain("decision", "decided");
        assertThat(document.select(".others")).isEmpty();
    }

    @Test
    void whereAnAnswerMayBeChangedTheWarningSaysHowLong() {
        Confirm page = new Confirm(
                "en",
                asked("", true),
                Samples.buttons(Samples.OUTCOMES),
                1,
                Samples.DEADLINE,
                Comments.OFF,
                null,
                null,
                null,
                null,
                Duration.ofMinutes(10),
                null);

        assertThat(document(page).body().text())
                .contains("If it decides, you can change it for 10 minutes.")
                .doesNotContain("cannot change it afterwards");
    }

    @Test
    void theFormThatChangesAnAnswerOffersTheOthers() {
        Confirm page = new Confirm(
                        "en",
                        asked("", true),
                        Samples.buttons(Samples.OUTCOMES),
                        1,
                        Samples.DEADLINE,
                        Comments.OFF,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofMinutes(10),
                        null)
                .changing(new Page.Standing(0, "17", Samples.DEADLINE));
        Element form = document(page).expectFirst("form");

        assertThat(form.select("input[name=change]").val()).isEqualTo("17");
        assertThat(form.select("button").eachAttr("value")).containsExactly("1", "2");
        assertThat(form.select("button").eachText()).containsExactly("Change to “Reject”", "Change to “Ask me later”");
        assertThat(document(page).text())
                .contains("You have answered “Approve”", "2:30 PM UTC", "changes your answer at once");
    }

    @Test
    void theDeadlineIsToldAsADateAndAsHowFarAwayItIs() {
        Pages now = new Pages(
                Brand.FLOWMAIL, "", () -> Samples.DEADLINE.minusDays(3).toInstant());
        ZonedDateTime inTokyo = Samples.DEADLINE.withZoneSameInstant(ZoneId.of("Asia/Tokyo"));
        Confirm page = new Confirm(
                "en",
                Samples.asked(Samples.FROM, Samples.SUBJECT),
                Samples.buttons(Samples.OUTCOMES),
                1,
                inTokyo,
                Comments.OFF,
                null,
                null,
                null,
                null);
        Element time = Jsoup.parse(now.render(page)).expectFirst("time");

        assertThat(time.text()).isEqualTo("Please answer by Tuesday, March 3, 2026, 11:30 PM Asia/Tokyo (in 3 days).");
        assertThat(time.attr("datetime")).isEqualTo("2026-03-03T14:30:00Z");
    }

    @Test
    void aCommentIsAskedForOnlyWhenWanted() {
        Element optional = document(confirm(Comments.OPTIONAL, null, null)).expectFirst("textarea");
        Element required = document(confirm(Comments.REQUIRED, null, null)).expectFirst("textarea");

        assertThat(document(confirm(Comments.OFF, "typed", null)).select("textarea"))
                .isEmpty();
        assertThat(optional.attr("name")).isEqualTo("comment");
        assertThat(optional.attr("maxlength")).isEqualTo("2000");
        assertThat(optional.hasAttr("required")).isFalse();
        assertThat(required.hasAttr("required")).isTrue();
    }

    @Test
    void aRefusedSubmissionKeepsTheCommentAndSaysWhatIsWrong() {
        Document document = document(confirm(Comments.REQUIRED, "two\nlines </textarea>", Problem.COMMENT_TOO_LONG));

        assertThat(document.select("textarea").get(0).wholeText()).isEqualTo("two\nlines </textarea>");
        assertThat(document.select("[role=alert]").text()).contains("2,000").contains("not been recorded");
        assertThat(document.select(".field [role=alert] + textarea").attr("aria-describedby"))
                .isEqualTo("comment-problem");
    }

    @Test
    void theFieldThatOnlyMachinesFillIsHiddenFromEyesKeysAndScreenReaders() {
        Document document = document(confirm(Comments.OFF, null, null));
        Element note = document.expectFirst("input[name=note]");

        assertThat(note.attr("type")).isEqualTo("text");
        assertThat(note.attr("tabindex")).isEqualTo("-1");
        assertThat(note.attr("autocomplete")).isEqualTo("off");
        assertThat(note.closest("[aria-hidden=true]")).isNotNull();
        assertThat(document.expectFirst("label[for=note]").text()).contains("leave this field empty");
    }

    @Test
    void theCodeIsAskedForInALabelledFieldThatTakesPasteAndHasNoTimeLimit() {
        Confirm page = new Confirm(
                "en",
                Samples.asked(Samples.FROM, Samples.SUBJECT),
                Samples.buttons(Samples.OUTCOMES),
                2,
                Samples.DEADLINE,
                Comments.OPTIONAL,
                "typed before",
                Problem.CODE_MISSING,
                "stamp",
                Page.Code.MAILED);
        Document document = document(page);
        Element code = document.expectFirst("form input[name=code]");

        assertThat(document.expectFirst("label[for=code]").text()).contains("Code from the email");
        assertThat(document.expectFirst("#code-hint").text()).contains("paste");
        assertThat(code.hasAttr("readonly")).isFalse();
        assertThat(code.hasAttr("onpaste")).isFalse();
        assertThat(document.expectFirst("input[type=hidden][name=page]").val()).isEqualTo("stamp");
        assertThat(document.expectFirst("textarea").wholeText()).isEqualTo("typed before");
        assertThat(document.select("form button").eachAttr("value")).startsWith("2");
        assertThat(document.select("[role=alert]").text()).contains("not been recorded yet");
    }

    @Test
    void aLinkedOutcomeThatDoesNotExistIsAProgrammersMistake() {
        assertThatThrownBy(() -> new Confirm(
                        "en",
                        asked("", true),
                        List.of(new Outcome("x")),
                        1,
                        Samples.DEADLINE,
                        Comments.OFF,
                        null,
                        null,
                        null,
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordedAnswerSaysWhatCameOfIt() {
        assertThat(text(recorded(Effect.DECIDED, null, FlowKnows.SOON, null)))
                .contains(
                        "Your answer is recorded",
                        "Approve",
                        "Your answer settled it",
                        "Your comment Go ahead",
                        "Answered on Tuesday, March 3, 2026, 2:30 PM UTC",
                        "the process continues as soon as it has been told");
        assertThat(text(recorded(Effect.DECIDED, null, FlowKnows.YES, null)))
                .contains("The process continues with this answer");
        assertThat(text(recorded(Effect.DECIDED, null, FlowKnows.REFUSED, null)))
                .contains("not accepted it so far");
        assertThat(text(recorded(Effect.OTHERS_STILL_ANSWER, null, FlowKnows.NOTHING_TO_TELL, null)))
                .contains("Others still have to answer")
                .doesNotContain("The process continues", "as soon as it has been told");
        assertThat(text(recorded(Effect.ENDED_OTHERWISE, "Reject", FlowKnows.YES, null)))
                .contains("ended with “Reject”");
        assertThat(text(recorded(Effect.ENDED_OTHERWISE, null, FlowKnows.YES, null)))
                .contains("without a decision");
    }

    @Test
    void whileFlowIsNotReachedThePageLeadsToItsLaterSelf() {
        assertThat(document(recorded(Effect.DECIDED, null, FlowKnows.SOON, null))
                        .select("a")
                        .eachAttr("href"))
                .containsExactly("");
        assertThat(document(recorded(Effect.OTHERS_STILL_ANSWER, null, FlowKnows.NOTHING_TO_TELL, null))
                        .select("a"))
                .isEmpty();
    }

    @Test
    void theWayBackIsALinkOnlyWhenItIsAWebAddress() {
        assertThat(document(recorded(Effect.DECIDED, null, FlowKnows.YES, Samples.WAY_BACK))
                        .select("a[href]")
                        .eachAttr("href"))
                .containsExactly(Samples.WAY_BACK);
        assertThat(document(recorded(Effect.DECIDED, null, FlowKnows.YES, "javascript:alert(1)//https://"))
                        .select("a"))
                .isEmpty();
        assertThat(document(recorded(Effect.DECIDED, null, FlowKnows.YES, null)).select("a"))
                .isEmpty();
    }

    @Test
    void anUnconfirmedAnswerSaysSo() {
        Document document = document(new Pending("en", new Matter(Samples.FROM, Samples.SUBJECT), "Approve"));

        assertThat(document.text()).contains("recorded but not confirmed yet", "Approve");
        assertThat(document.select("a").attr("href")).isEmpty();
        assertThat(document.select("a").hasAttr("href")).isTrue();
    }

    @Test
    void aDecidedRequestSaysWhatWasDecidedByWhomAndWhen() {
        String other = text(decided(false, null, "Reject"));

        assertThat(other)
                .contains("Approve", "Carol", "Tuesday, March 3, 2026, 2:30 PM UTC", "The answer of Carol settled it");
        assertThat(other).contains("Your answer “Reject” was not recorded");
        assertThat(text(decided(true, null, null)))
                .contains("Your answer settled it")
                .doesNotContain("not recorded");
        assertThat(text(decided(false, "Reject", null))).contains("You had answered “Reject”");
    }

    @Test
    void aFirstAnswerStands() {
        assertThat(text(new AlreadyAnswered(
                        "en",
                        new Matter(Samples.FROM, Samples.SUBJECT),
                        new Answer("Approve", "Fine\nby me", Samples.DEADLINE),
                        new Attempt("Reject", "Changed my mind"))))
                .contains("Your answer was not counted", "Your comment Fine by me", "Changed my mind")
                .contains(
                        "already answered", "first answer stands", "Your answer Approve", "“Reject” was not recorded");
    }

    @Test
    void aDecisionOfSeveralIsCreditedToAllOfThem() {
        AlreadyDecided decided = new AlreadyDecided(
                "en",
                new Matter(Samples.FROM, Samples.SUBJECT),
                "Approve",
                List.of("anna@example.com", "Ben"),
                false,
                Samples.DEADLINE,
                null,
                null,
                FlowKnows.YES,
                null,
                null);

        assertThat(text(decided)).contains("Decided by anna@example.com Ben").doesNotContain("the answer of");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void anAnswerThatComesTooLateIsSaidNotToCountAndItsCommentComesBack(Reason reason) {
        Document document = document(new Gone(
                "en",
                reason,
                new Matter(Samples.FROM, Samples.SUBJECT),
                Samples.DEADLINE,
                null,
                null,
                new Attempt("Approve", "two\nlines")));

        assertThat(document.select("h1").text()).isEqualTo("Your answer was not counted");
        assertThat(document.select(".mark").attr("class")).isEqualTo("mark closed");
        assertThat(document.text())
                .contains("“Approve” was not recorded", text(gone(reason, null)).split(" · ", 2)[0]);
        assertThat(Objects.requireNonNull(document.select("dd").last())
                        .wholeText()
                        .strip())
                .isEqualTo("two\nlines");
    }

    @Test
    void aWithdrawalSaysWhy() {
        assertThat(text(new Gone("en", Reason.WITHDRAWN, null, Samples.DEADLINE, null, "The plan has changed", null)))
                .contains("Reason The plan has changed");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyWayToEndHasItsOwnPage(Reason reason) {
        List<String> others = Stream.of(Reason.values())
                .filter(other -> other != reason)
                .map(other -> text(gone(other, null)))
                .toList();

        assertThat(text(gone(reason, null))).isNotIn(others);
        assertThat(text(gone(reason, "Reject"))).contains("Result Reject", Samples.SUBJECT);
        assertThat(document(new Gone("en", reason, null, null, null, null, null))
                        .select("dl"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNoticeIsTheSameForEverybody(Kind kind) {
        assertThat(pages.render(new Notice("en", kind))).isEqualTo(new Pages().render(new Notice("en", kind)));
    }

    @Test
    void theFrontPageNamesTheConnectorsAddress() {
        Document document = document(new Home("en", "https://mail.example.com/api/email/1", null, ""));

        assertThat(document.select("code").text()).isEqualTo("https://mail.example.com/api/email/1");
        assertThat(document.select("a").eachAttr("href")).containsExactly("docs", "v3/api-docs");
        assertThat(document.select("script").eachAttr("src")).containsExactly("home.js");
        assertThat(document.select("button[hidden]"))
                .as("until the script shows it")
                .hasSize(1);
        assertThat(document(new Home("en", "x", "http://localhost:8233", "../../"))
                        .select("a")
                        .eachAttr("href"))
                .containsExactly("http://localhost:8233", "../../docs", "../../v3/api-docs");
    }

    @Test
    void hostileStringsStayText() {
        List<Page> hostile = new ArrayList<>(Samples.pages("en", HOSTILE, HOSTILE, List.of(HOSTILE, HOSTILE)));
        hostile.add(confirm(Comments.OPTIONAL, HOSTILE, null));
        hostile.add(new Home("en", HOSTILE, HOSTILE, ""));
        for (Page page : hostile) {
            Document document = document(page);

            assertThat(document.select("script:not([src=home.js]), img, [onerror]"))
                    .isEmpty();
            assertThat(document.title()).doesNotContain("alert");
            if (!(page instanceof Confirm) && !(page instanceof Home)) {
                assertThat(document.wholeText()).doesNotContain("\u202e");
            }
        }
        assertThat(text(hostile.get(0)))
                .contains("</title><script>alert(1)</script>\"'`<img src=x onerror=alert(1)> {0} ${7*7}");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyTextComesFromTheBundles(String language) {
        Pages pseudo = new Pages(Brand.FLOWMAIL.speaking(new PseudoLocale()), "");
        List<String> data =
                new ArrayList<>(List.of(Samples.FROM, Samples.SUBJECT, Samples.PUBLIC_URL + "/api/email/1", "2,000"));
        data.addAll(Samples.OUTCOMES);
        data.addAll(List.of(
                Samples.ADDRESS,
                "offer.pdf",
                "list.csv",
                "12 laptops, 2 of them for the interns.",
                "The offer ends on Friday.",
                "The offer ends on",
                "Fine",
                "by me",
                "Changed my mind",
                "No longer needed",
                "Two",
                "lines",
                "Bob",
                "…"));
        for (Page page : Samples.pages(language)) {
            Document document = Jsoup.parse(pseudo.render(page));

            assertThat(PseudoLocale.leftovers(document.title(), data)).isEmpty();
            assertThat(PseudoLocale.leftovers(document.body().wholeText(), data))
                    .isEmpty();
            assertThat(document.select("[title], [alt], [aria-label], [placeholder]"))
                    .isEmpty();
            assertThat(document.text()).doesNotContain("??");
        }
    }

    private static Confirm confirm(Comments comments, @Nullable String comment, @Nullable Problem problem) {
        return new Confirm(
                "en",
                Samples.asked(Samples.FROM, Samples.SUBJECT),
                Samples.buttons(Samples.OUTCOMES),
                1,
                Samples.DEADLINE,
                comments,
                comment,
                problem,
                null,
                null);
    }

    private static Confirm confirm(Asked asked, List<String> outcomes) {
        return new Confirm(
                "en", asked, Samples.buttons(outcomes), 1, Samples.DEADLINE, Comments.OFF, null, null, null, null);
    }

    private static Asked asked(String words, boolean isWhole) {
        return new Asked(Samples.FROM, null, Samples.SUBJECT, words, isWhole, List.of(), null, 0);
    }

    private static Recorded recorded(Effect effect, @Nullable String holds, FlowKnows flow, @Nullable String wayBack) {
        return new Recorded(
                "en",
                new Matter(Samples.FROM, Samples.SUBJECT),
                new Answer("Approve", "Go ahead", Samples.DEADLINE),
                effect,
                holds,
                flow,
                wayBack,
                false,
                null);
    }

    private static AlreadyDecided decided(boolean byReader, @Nullable String answered, @Nullable String attempted) {
        return new AlreadyDecided(
                "en",
                new Matter(Samples.FROM, Samples.SUBJECT),
                "Approve",
                List.of("Carol"),
                byReader,
                Samples.DEADLINE,
                answered,
                attempted == null ? null : new Attempt(attempted, "Not so fast"),
                FlowKnows.YES,
                null,
                null);
    }

    private static Gone gone(Reason reason, @Nullable String holds) {
        return new Gone("en", reason, new Matter(Samples.FROM, Samples.SUBJECT), Samples.DEADLINE, holds, null, null);
    }

    private String text(Page page) {
        return document(page).text();
    }

    private Document document(Page page) {
        return Jsoup.parse(pages.render(page));
    }

    private static Element root(Document document) {
        return document.expectFirst("html");
    }
}
