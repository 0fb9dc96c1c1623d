package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.recipients.MailedCodes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who submits the forms behind the links of a mail: machines, which may not decide where a code is asked, and people, who are
 * asked for none without cause.
 */
class PressersIT extends MailedLinks {
    /** What one client submits for a recipient within this time is taken together. */
    private static final Duration BELONGS_TOGETHER = Duration.ofSeconds(10);

    PressersIT(World world, Browser browser) {
        super(world, browser);
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
                            page.navigate(rewriters
                                    .opened("safelinks", Rewriters.safeLinks(mail.link("Reject")))
                                    .toString());
                            page.locator("button").first().click();
                        })));
    }

    private void inAnOldPhone(Consumer<com.microsoft.playwright.Page> person) {
        var page = browser.window(options -> options.setJavaScriptEnabled(false).setViewportSize(320, 480))
                .newPage();
        person.accept(page);
        // the answer's page has nothing to press
        page.waitForCondition(() -> page.locator("button").count() == 0);
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
}
