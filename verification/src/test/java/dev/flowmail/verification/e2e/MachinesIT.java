package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machines that open the links of a mail before its reader does, each as public reports describe it. None may decide; then
 * the reader's own answer counts.
 */
class MachinesIT extends MailedLinks {
    MachinesIT(World world, Browser browser) {
        super(world, browser);
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
                named("Safe Links", links -> links.forEach(link -> follow("safelinks", Rewriters.safeLinks(link)))),
                // help.proofpoint.com, "How do I decode a rewritten URL?": versions 2 and 3
                named(
                        "URL Defense, version 2",
                        links -> links.forEach(link -> follow("urldefense-v2", Rewriters.urlDefense2(link)))),
                named(
                        "URL Defense, version 3",
                        links -> links.forEach(link -> follow("urldefense-v3", Rewriters.urlDefense3(link)))),
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
    void aLinkThatIsFetchedAheadWhenThePointerRestsOnItDecidesNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String links = world.mailTo(anna).htmlLinks().stream()
                .map(link -> "<p><a href=\"" + link.address() + "\">" + link.label() + "</a>")
                .reduce("", String::concat);
        var page = browser.window(800, 600, ColorScheme.LIGHT).newPage();

        // as instant.page does it, and as a browser does it by itself (Speculation Rules)
        page.navigate(rewriters.showing(links).toString());
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

    private int visits(Flow flow) {
        return operator.state(operator.decision(flow))
                .path("people")
                .path(0)
                .path("answer")
                .path("visits")
                .path("count")
                .asInt(0);
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

    private void follow(String rewriter, String rewritten) {
        fetch("GET", rewriters.opened(rewriter, rewritten));
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
}
