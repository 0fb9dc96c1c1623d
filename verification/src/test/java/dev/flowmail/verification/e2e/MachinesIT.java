package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.sun.net.httpserver.HttpServer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.recipients.MailedCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Machines that open the links of a mail before its reader does, each as public reports describe it. None may decide; then
 * the reader's own answer counts.
 */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachinesIT {
    /** What one client submits for a recipient within this time is taken together. */
    private static final Duration BELONGS_TOGETHER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final Browser browser = new Browser();
    private final HttpServer elsewhere = elsewhere();
    private final Operator operator;
    private final World world;

    MachinesIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @AfterAll
    void close() {
        elsewhere.stop(0);
        browser.close();
    }

    /** What a machine does with all links of a mail. */
    @FunctionalInterface
    private interface Machine {
        void meets(List<URI> links);
    }

    Stream<Named<Machine>> machines() {
        return Stream.of(
                // forum.ghost.org/t/18033: "Safe Links accesses the url itself first using a HEAD request"
                named("HEAD on every link", links -> links.forEach(link -> fetch("HEAD", link))),
                // github.com/better-auth/better-auth/issues/9690: HEAD, then GET
                named(
                        "HEAD, then GET",
                        links -> links.forEach(link -> {
                            fetch("HEAD", link);
                            fetch("GET", link);
                        })),
                // github.com/onetimesecret/onetimesecret/issues/359: "two (2) link reads in quick succession"
                named(
                        "two GETs in quick succession",
                        links -> links.forEach(link -> {
                            fetch("GET", link);
                            fetch("GET", link);
                        })),
                // github.com/SparkDevNetwork/Rock/issues/7034, github.com/mautic/mautic/issues/16263: all links at
                // delivery
                named("all links at once", links -> inParallel(links, 1)),
                named("all links at once, again and again", links -> inParallel(links, 10)),
                named(
                        "one after the other, 134 ms apart",
                        links -> links.forEach(link -> CompletableFuture.runAsync(
                                        () -> fetch("GET", link),
                                        CompletableFuture.delayedExecutor(134, TimeUnit.MILLISECONDS))
                                .join())),
                // github.com/edalzell/laravel-passwordless-login/issues/79: no user agent at all
                named("without a user agent", links -> links.forEach(link -> fetch("GET", link, "User-Agent", ""))),
                // api.slack.com/robots: the first bytes only
                named(
                        "Slack's link expansion",
                        links -> links.forEach(link -> fetch(
                                "GET",
                                link,
                                "User-Agent",
                                "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
                                "Range",
                                "bytes=0-32768"))),
                named(
                        "a mail program's link preview",
                        links -> links.forEach(link ->
                                fetch("GET", link, "Sec-Purpose", "prefetch;prerender", "Purpose", "prefetch"))),
                // learn.microsoft.com/defender-office-365/safe-links-about; the address stands in "url",
                // percent-encoded
                named("Safe Links", links -> links.forEach(link -> follow("safelinks", safeLinks(link)))),
                // help.proofpoint.com, "How do I decode a rewritten URL?": versions 2 and 3
                named(
                        "URL Defense, version 2",
                        links -> links.forEach(link -> follow("urldefense-v2", urlDefense2(link)))),
                named(
                        "URL Defense, version 3",
                        links -> links.forEach(link -> follow("urldefense-v3", urlDefense3(link)))),
                named(
                        "whatever else a page leads to, and every form that GETs",
                        links -> links.forEach(this::followEverything)),
                named(
                        "any other method that is said to be safe",
                        links -> links.forEach(link -> {
                            fetch("OPTIONS", link);
                            fetch("PROPFIND", link);
                        })),
                // github.com/emdash-cms/emdash/issues/3298: headless Chrome; stream.interfree.ca/text/138: it runs
                // scripts
                named("a browser that runs scripts and waits", links -> links.forEach(this::browse)));
    }

    private static Named<Machine> named(String name, Machine machine) {
        return Named.of(name, machine);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aMachineDecidesNothingAndThenThePersonDoes(Machine machine) {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        List<URI> links = world.mailTo(anna).htmlLinks().stream()
                .map(DecisionLink::address)
                .toList();
        assertThat(links).hasSize(2);

        machine.meets(links);

        assertStillAsked(flow, anna);
        decideOnceAndForAll(flow, anna);
    }

    /** Machines that submit the forms that they find. */
    Stream<Named<Machine>> pressers() {
        return Stream.of(
                // bugs.limesurvey.org/view.php?id=20317: scanners carry out the click
                named(
                        "every form at once, without a button",
                        links -> pagesOf(links).forEach(this::press)),
                named("every form at once, without a button and then with the first", links -> {
                    pagesOf(links).forEach(this::press);
                    pagesOf(links).forEach(world.recipient::submit);
                }),
                named("all pages first, then every form without a button, later", links -> {
                    List<Page> pages = pagesOf(links);
                    Instant later = Instant.now().plus(BELONGS_TOGETHER).plusSeconds(1);
                    World.patiently().until(() -> Instant.now().isAfter(later));
                    pages.forEach(this::press);
                }),
                named("every field filled, with the first button", links -> links.forEach(link -> fill(open(link)))),
                // github.com/FusionAuth/fusionauth-issues/issues/2443: a real browser runs a script that submits
                named("a browser's script that submits", this::submitByScript));
    }

    @ParameterizedTest
    @MethodSource("pressers")
    void aPresserDecidesNothingAndThenThePersonDoes(Machine presser) {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Comments", "optional"));
        ReceivedMail mail = world.mailTo(anna);

        presser.meets(links(mail));

        assertStillAsked(flow, anna);
        decideWithTheCode(flow, mail);
    }

    /** What no one can tell from a person by its submission: it presses as a browser does. */
    Stream<Named<Machine>> pressersLikePeople() {
        return Stream.of(
                named("every form with each of its buttons", links -> links.forEach(this::pressEachButton)),
                named("every field filled, with the first button", links -> links.forEach(link -> fill(open(link)))),
                named(
                        "an assistant that types what it reads on the page",
                        links -> links.forEach(link -> typeWhatIsRead(open(link)))),
                // github.com/OctopusDeploy/docs/pull/3394: it clicks every button
                named("a real browser that clicks every button", links -> links.forEach(this::clickEverything)));
    }

    @ParameterizedTest
    @MethodSource("pressersLikePeople")
    void whereTheCodeIsAlwaysAskedNobodyDecidesWhoHasNotReadTheMail(Machine presser) {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Confirmation", "code"));
        ReceivedMail mail = world.mailTo(anna);

        presser.meets(links(mail));

        assertStillAsked(flow, anna);
        assertThat(open(mail.link("Approve")).html()).doesNotContain(codeIn(mail));
        decideWithTheCode(flow, mail);
    }

    @Test
    void anAssistantThatReadsTheMailGetsPastTheCode() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Confirmation", "code"));

        decideWithTheCode(flow, world.mailTo(anna));
    }

    @Test
    void whereProofIsAskedTheLinkAndTheFirstMailAreNotEnough() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Proof", "Approve"));
        ReceivedMail mail = world.mailTo(anna);
        Page asked = world.confirmed(() -> world.recipient.submit(world.open(anna, "Approve")));
        assertThat(asked.status()).isEqualTo(428);
        assertThat(world.withCode(asked, codeIn(mail)).status()).isEqualTo(428);

        String fresh = world.freshCodeTo(anna);
        assertThat(world.confirmed(() -> world.withCode(asked, fresh)).status()).isEqualTo(200);
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(method(flow)).isEqualTo("proof");
    }

    @Test
    void whoIsDoubtedPastesTheCodeInABrowserWithoutScript() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Comments", "optional"));
        ReceivedMail mail = world.mailTo(anna);
        pagesOf(links(mail)).forEach(this::press);
        var page =
                browser.window(options -> options.setJavaScriptEnabled(false)).newPage();
        page.navigate(mail.link("Approve").toString());
        page.locator("textarea").fill("Ten is enough.");
        page.locator("button").first().click();
        assertThat(page.locator("textarea").inputValue()).isEqualTo("Ten is enough.");

        page.locator("[name=code]").fill(" " + wide(codeIn(mail)) + " ");
        page.locator("button").first().click();

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(method(flow)).isEqualTo("code");
        page.context().close();
    }

    /** As an input method for Japanese writes it, in two groups of small letters. */
    private static String wide(String code) {
        String small = code.toLowerCase(Locale.ROOT);
        return Stream.of(small.substring(0, 3), small.substring(3))
                .map(group -> group.chars()
                        .mapToObj(sign -> Character.toString(sign - '!' + '\uFF01'))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\u3000"));
    }

    @Test
    void underButtonEverySubmissionOfTheFormDecides() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Confirmation", "button"));
        List<Page> pages = pagesOf(links(world.mailTo(anna)));

        assertThat(world.confirmed(() -> press(pages.get(1))).status()).isEqualTo(200);

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(method(flow)).isEqualTo("button");
    }

    @Test
    void whoTypesTooManyWrongCodesWaitsAndNobodyIsLockedOut() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow =
                world.ask(world.question(anna, ben).text("Confirmation", "code").text("Answers Needed", "all"));
        ReceivedMail toAnna = world.mailTo(anna);
        ReceivedMail toBen = world.mailTo(ben);
        Page asked = world.patientlyOpened(toAnna.link("Approve"));
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(world.withCode(asked, "WR4NG").status()).isEqualTo(428);
        }

        Page limited = world.withCode(asked, codeIn(toAnna));
        assertThat(limited.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(limited.status()).isEqualTo(428);
        assertThat(limited.text()).contains("too many wrong codes");
        assertThat(world.confirmed(() -> world.withCode(world.patientlyOpened(toBen.link("Approve")), codeIn(toBen)))
                        .status())
                .isEqualTo(200);
        assertStillAsked(flow, anna);

        World.patiently().until(() -> world.withCode(asked, codeIn(toAnna)).status() == 200);
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void theLinkForProgramsIsThereToSeeAndDecidesNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        ReceivedMail mail = world.mailTo(anna);
        Element link = Jsoup.parse(mail.html()).expectFirst("a[href*=/check/]");
        URI check = URI.create(link.attr("href"));

        assertThat(link.text()).contains("decides nothing");
        assertThat(link.parents().eachAttr("style")).noneMatch(style -> style.contains("display:none"));
        assertThat(mail.text()).contains("decides nothing", check.toString());
        assertThat(world.recipient.open(check).text()).contains("This link decides nothing");
        assertThat(world.recipient.open(check).asks()).isFalse();
        assertStillAsked(flow, anna);
        decideOnceAndForAll(flow, anna);
    }

    @Test
    void whatWasSeenIsToldAsAnAppearance() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        inParallel(links(world.mailTo(anna)), 2);
        world.decide(anna, "Reject");

        String seen = world.receipt(flow)
                .claims()
                .path("answers")
                .path(0)
                .path("seen")
                .asString();

        assertThat(seen)
                .matches("[0-9]+ visits of this link before, .*; [0-9]+ visits that look automatic: several links"
                        + " within 10 s; submitted [0-9]+ s after the page was opened");
        assertThat(manner(flow).path("sweeps").asInt()).isPositive();
        assertThat(manner(flow).has("pageAge")).isTrue();
        assertThat(operator.details(operator.decision(flow))).contains("visits that look automatic");
    }

    @Test
    void aFreshCodeIsMailedOnceAMinuteAndVoidAfterFiveWrongTries() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Proof", "Approve").text("Confirmation", "button"));
        Page asked = world.confirmed(() -> world.recipient.submit(world.open(anna, "Approve")));
        assertThat(asked.status()).isEqualTo(428);
        String fresh = world.freshCodeTo(anna);
        assertThat(world.recipient.submit(asked).status()).isEqualTo(428);
        String wrong = fresh.equals("000000") ? "111111" : "000000";
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(world.confirmed(() -> world.withCode(asked, wrong)).status())
                    .isEqualTo(428);
        }

        assertThat(world.confirmed(() -> world.withCode(asked, fresh)).status()).isEqualTo(428);

        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.inbox.mailsTo(anna)).hasSize(2);
        assertStillAsked(flow, anna);
        decideOnceAndForAll(flow, anna);
        assertThat(method(flow)).as("the other outcome needs no proof").isEqualTo("button");
    }

    @Test
    void whatIsHeldIsChangedOnAPageThatAsksFirstWhereACodeIsNeededToo() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Confirmation", "code").text("Hold", "1 hour"));
        ReceivedMail mail = world.mailTo(anna);
        Page older = world.patientlyOpened(mail.link("Reject"));
        assertThat(world.confirmed(() -> world.withCode(open(mail.link("Approve")), codeIn(mail)))
                        .status())
                .isEqualTo(200);

        Page asks = world.confirmed(() -> world.recipient.submit(older));
        assertThat(asks.status()).as("whatever Confirmation says").isEqualTo(409);
        assertThat(world.confirmed(() -> world.withCode(older, codeIn(mail))).status())
                .as("with the code too")
                .isEqualTo(409);
        assertThat(world.confirmed(() -> world.recipient.submit(asks)).status()).isEqualTo(428);
        assertThat(world.confirmed(() -> world.withCode(asks, codeIn(mail))).status())
                .isEqualTo(200);

        operator.update(operator.decision(flow), "release", "{}");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
        assertThat(method(flow)).isEqualTo("code");
    }

    /** Somebody who presses a button for Reject. */
    @FunctionalInterface
    private interface Person {
        void decides(ReceivedMail mail);
    }

    Stream<Named<Person>> people() {
        return Stream.of(
                Named.of("who is fast", mail -> world.recipient.submit(world.patientlyOpened(mail.link("Reject")))),
                Named.of("who opened the other link first", mail -> {
                    world.patientlyOpened(mail.link("Approve"));
                    world.recipient.submit(world.patientlyOpened(mail.link("Reject")));
                }),
                Named.of("behind the proxy of a scanner that has just opened every link", mail -> {
                    inParallel(links(mail), 3);
                    world.recipient.submit(world.patientlyOpened(mail.link("Reject")));
                }),
                Named.of(
                        "who clicks twice",
                        mail -> inAnOldPhone(page -> {
                            page.navigate(mail.link("Reject").toString());
                            page.locator("button").first().dblclick();
                        })),
                Named.of(
                        "with an old phone, by Safe Links",
                        mail -> inAnOldPhone(page -> {
                            page.navigate(elsewhere("/safelinks?" + encode(safeLinks(mail.link("Reject"))))
                                    .toString());
                            page.locator("button").first().click();
                        })));
    }

    private void inAnOldPhone(Consumer<com.microsoft.playwright.Page> person) {
        var page = browser.window(options -> options.setJavaScriptEnabled(false).setViewportSize(320, 480))
                .newPage();
        person.accept(page);
        page.waitForLoadState();
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("people")
    void aPersonDecidesAtOnceAndIsAskedForNoCode(Person person) {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));

        person.decides(world.mailTo(anna));

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
        assertThat(method(flow)).isEqualTo("button");
    }

    @Test
    void whoHasTwoTabsOpenAndPressesBothIsToldWhatStands() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page approve = world.open(anna, "Approve");
        Page reject = world.open(anna, "Reject");

        assertThat(world.confirmed(() -> world.recipient.submit(reject)).status())
                .isEqualTo(200);
        assertThat(world.confirmed(() -> world.recipient.submit(approve)).status())
                .isEqualTo(409);

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
    }

    @Test
    void whoGoesBackReadsWhatStands() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        var page = browser.window(375, 667, ColorScheme.LIGHT).newPage();
        page.navigate(world.mailTo(anna).link("Approve").toString());
        page.locator("button").first().click();
        world.lateAnswer(flow);

        page.goBack();

        assertThat(page.locator("button").count()).isZero();
        assertThat(page.content()).contains("Approve");
        assertThat(manner(flow).path("marks")).isEmpty();
        page.context().close();
    }

    private static List<URI> links(ReceivedMail mail) {
        return mail.htmlLinks().stream().map(DecisionLink::address).toList();
    }

    private List<Page> pagesOf(List<URI> links) {
        return links.stream().map(this::open).toList();
    }

    private Page open(URI link) {
        return world.recipient.open(link);
    }

    /** As {@code form.submit()} does it. */
    private Page press(Page page) {
        return world.recipient.submit(page, Map.of());
    }

    private void pressEachButton(URI link) {
        Page page = open(link);
        page.form().select("button").forEach(button -> world.recipient.submit(page, button.text()));
    }

    private void fill(Page page) {
        Map<String, String> filled = new HashMap<>();
        page.form()
                .select("input:not([type=hidden]), textarea")
                .forEach(field -> filled.put(field.attr("name"), "AB3DE"));
        Element button = page.form().expectFirst("button");
        filled.put(button.attr("name"), button.attr("value"));
        world.recipient.submit(page, filled);
    }

    private void submitByScript(List<URI> links) {
        var window = browser.window(1280, 900, ColorScheme.LIGHT);
        var tabs = links.stream().map(link -> window.newPage()).toList();
        for (int tab = 0; tab < tabs.size(); tab++) {
            tabs.get(tab).navigate(links.get(tab).toString());
        }
        tabs.forEach(tab -> tab.waitForResponse(
                response -> response.request().method().equals("POST"),
                () -> tab.evaluate("document.forms[0].submit()")));
        window.close();
    }

    private void typeWhatIsRead(Page page) {
        Pattern.compile("\\w{5,8}")
                .matcher(page.text())
                .results()
                .map(MatchResult::group)
                .distinct()
                // fewer than what is too often
                .limit(5)
                .forEach(word -> world.withCode(page, word));
    }

    private void clickEverything(URI link) {
        var page = browser.window(1280, 900, ColorScheme.LIGHT).newPage();
        page.navigate(link.toString());
        for (int button = 0; button < page.locator("button").count(); button++) {
            page.locator("[name=code]").fill("AB3DE");
            page.locator("button").nth(button).click();
            page.waitForLoadState(LoadState.NETWORKIDLE);
        }
        page.context().close();
    }

    /** A false alarm, or the rule, costs one field. */
    private void decideWithTheCode(Flow flow, ReceivedMail mail) {
        Page page = world.confirmed(() -> world.recipient.submit(open(mail.link("Reject"))));
        assertThat(page.status()).isEqualTo(428);

        assertThat(world.confirmed(() -> world.withCode(page, codeIn(mail).toLowerCase(Locale.ROOT)))
                        .status())
                .isEqualTo(200);

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
        assertThat(method(flow)).isEqualTo("code");
    }

    private static String codeIn(ReceivedMail mail) {
        Optional<String> code = MailedCodes.standing(mail);
        assertThat(code).as(mail.text()).isPresent();
        assertThat(mail.html()).contains(code.orElseThrow());
        return code.orElseThrow();
    }

    /** How the answer was given, as the receipt has it. */
    private String method(Flow flow) {
        return world.receipt(flow)
                .claims()
                .path("answers")
                .path(0)
                .path("method")
                .asString();
    }

    private JsonNode manner(Flow flow) {
        return operator.state(operator.decision(flow))
                .path("people")
                .path(0)
                .path("answer")
                .path("manner");
    }

    @Test
    void aLinkThatIsFetchedAheadWhenThePointerRestsOnItDecidesNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String links = world.mailTo(anna).htmlLinks().stream()
                .map(link -> "<p><a href=\"" + link.address() + "\">" + link.label() + "</a>")
                .reduce("", String::concat);
        var page = browser.window(800, 600, ColorScheme.LIGHT).newPage();

        // as instant.page does it, and as a browser does it by itself (Speculation Rules)
        page.navigate(elsewhere("/webmail?body=" + encode(links)).toString());
        page.locator("a").first().hover();
        page.locator("a").last().hover();
        page.waitForTimeout(1500);

        assertStillAsked(flow, anna);
        decideOnceAndForAll(flow, anna);
        assertThat(visits(flow)).as("it was fetched ahead, then opened by us").isGreaterThan(1);
    }

    @Test
    void howOftenItsLinkWasOpenedIsKeptWithTheAnswer() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        URI approve = world.mailTo(anna).link("Approve");
        for (int visit = 0; visit < 3; visit++) {
            fetch("HEAD", approve);
            fetch("GET", approve);
        }

        world.decide(anna, "Approve");
        world.lateAnswer(flow);

        assertThat(visits(flow)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"percent", "dashes", "query", "fragment", "host"})
    void aLinkSurvivesWhatRewritersDoToIt(String rewriting) {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String link = world.mailTo(anna).link("Reject").toString();
        String rewritten = switch (rewriting) {
            case "percent" -> before(link) + percentEncoded(code(link));
            case "dashes" -> before(link) + code(link).replace("-", "%2D").replace("_", "%5f");
            case "query" -> link + "?utm_source=mail&utm_medium=e%2Dmail&_hsenc=p2ANqtz-8";
            case "fragment" -> link + "#top";
            default -> link.replace("localhost", "LOCALHOST");
        };

        Page page = world.recipient.open(URI.create(rewritten));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.asks()).isTrue();
        assertThat(world.confirmed(() -> world.recipient.submit(page)).status()).isEqualTo(200);
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
    }

    @Test
    void aLinkThatWasCrippledSaysSoAndDecidesNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String link = world.mailTo(anna).link("Reject").toString();
        String code = code(link);

        for (String crippled : List.of(
                code.toLowerCase(java.util.Locale.ROOT), code.substring(0, 60), code.replaceFirst("^.", "%2541"))) {
            Page page = world.recipient.open(URI.create(before(link) + crippled));
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.text()).contains("copy all of it into the address bar");
        }
        assertStillAsked(flow, anna);
    }

    @Test
    void aMarkThatAReaderTookIntoTheLinkIsForgiven() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String link = world.mailTo(anna).link("Reject").toString();

        for (String mark : List.of(".", "%3E", ")", "/")) {
            assertThat(world.recipient.open(URI.create(link + mark)).status())
                    .as(mark)
                    .isEqualTo(200);
        }
        assertStillAsked(flow, anna);
    }

    private void assertStillAsked(Flow flow, String person) {
        assertThat(world.open(person, "Approve").asks()).isTrue();
        assertThat(world.callbacks(flow)).isEmpty();
    }

    private void decideOnceAndForAll(Flow flow, String person) {
        world.decide(person, "Reject");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    private int visits(Flow flow) {
        return operator.state(operator.decision(flow))
                .path("people")
                .path(0)
                .path("answer")
                .path("visits")
                .path("count")
                .asInt(0);
    }

    private String fetch(String method, URI link, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(link).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (method.equals("GET") || method.equals("HEAD")) {
                assertThat(answer.statusCode()).as(method).isEqualTo(200);
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void inParallel(List<URI> links, int times) {
        List<CompletableFuture<Void>> fetches = IntStream.range(0, times)
                .boxed()
                .flatMap(time -> links.stream())
                .flatMap(link ->
                        Stream.of("HEAD", "GET").map(method -> CompletableFuture.runAsync(() -> fetch(method, link))))
                .toList();
        fetches.forEach(CompletableFuture::join);
    }

    private void browse(URI link) {
        var page = browser.window(1280, 900, ColorScheme.LIGHT).newPage();
        page.navigate(link.toString());
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.mouse().wheel(0, 2000);
        page.waitForTimeout(2000);
        browser.assertPeace(page);
        page.context().close();
    }

    /** Follows every address that a page names, and submits every form that does not POST. */
    private void followEverything(URI link) {
        Document page = Jsoup.parse(fetch("GET", link), link.toString());
        assertThat(page.select("form:not([method=post])")).isEmpty();
        for (Element element : page.select("[href], [src], [action], [formaction], [data], [background]")) {
            for (String attribute : List.of("href", "src", "action", "formaction", "data", "background")) {
                if (element.hasAttr(attribute)) {
                    fetch("GET", URI.create(element.absUrl(attribute)));
                }
            }
        }
        // a form that is taken for one that GETs
        for (Element button : page.select("button[name]")) {
            fetch("GET", URI.create(link + "?" + button.attr("name") + "=" + button.attr("value") + "&comment=fine"));
        }
    }

    /** Opens a rewritten address at the rewriter, which redirects to the one that it finds in there. */
    private void follow(String rewriter, String rewritten) {
        fetch("GET", elsewhere("/" + rewriter + "?" + encode(rewritten)));
    }

    private static String safeLinks(URI link) {
        return "https://eur02.safelinks.protection.outlook.com/?url=" + encode(link.toString())
                + "&data=05%7C02%7Canna%40example.com%7C&sdata=x%3D&reserved=0";
    }

    private static String urlDefense2(URI link) {
        String safe = encode(link.toString().replace("-", "%2D").replace("_", "%5F"));
        return "https://urldefense.proofpoint.com/v2/url?u="
                + safe.replace("%252D", "-2D")
                        .replace("%255F", "-5F")
                        .replace("%2F", "_")
                        .replace('%', '-')
                + "&d=DwMFaQ&c=x&r=y&m=z&s=q&e=";
    }

    private static String urlDefense3(URI link) {
        return "https://urldefense.com/v3/__" + link + "__;!!BhdT!x-y_z$";
    }

    private static String unwrapped(String rewriter, String rewritten) {
        return switch (rewriter) {
            case "safelinks" -> decode(rewritten.replaceFirst(".*[?&]url=", "").replaceFirst("&.*", ""));
            case "urldefense-v2" ->
                decode(rewritten
                        .replaceFirst(".*[?&]u=", "")
                        .replaceFirst("&.*", "")
                        .replace('-', '%')
                        .replace('_', '/'));
            default -> rewritten.replaceFirst(".*/v3/__(.+?)__;.*", "$1");
        };
    }

    /** Rewriters that redirect, and a web mailer that fetches ahead. */
    private static HttpServer elsewhere() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                String query = exchange.getRequestURI().getRawQuery();
                if (path.equals("/webmail")) {
                    byte[] page =
                            webmail(decode(query.replaceFirst("^body=", ""))).getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                } else {
                    exchange.getResponseHeaders().set("Location", unwrapped(path.substring(1), decode(query)));
                    exchange.sendResponseHeaders(302, -1);
                }
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String webmail(String body) {
        return """
            <!doctype html><title>Web mail</title>%s
            <script type="speculationrules">
            {"prefetch": [{"where": {"href_matches": "*/decide/*"}, "eagerness": "moderate"}],
             "prerender": [{"where": {"href_matches": "*/decide/*"}, "eagerness": "moderate"}]}
            </script>
            <script>
            document.addEventListener('mouseover', event => {
                const link = document.createElement('link');
                link.rel = 'prefetch';
                link.href = event.target.closest('a')?.href ?? '/';
                document.head.append(link);
            });
            </script>
            """.formatted(body);
    }

    private URI elsewhere(String path) {
        return URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort() + path);
    }

    private static String before(String link) {
        return link.substring(0, link.lastIndexOf('/') + 1);
    }

    private static String code(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static String percentEncoded(String code) {
        return String.join(
                "",
                Arrays.stream(code.split("", -1))
                        .filter(character -> !character.isEmpty())
                        .map(character -> "%" + Integer.toHexString(character.charAt(0)))
                        .toList());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
