package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page and mail that people get to see: wide and on phones, light and dark, in four languages, in forced colours, without
 * style sheets; mails in Outlook too. Each is loaded once and then looked at in every way. Screenshots are kept in
 * {@code target/screenshots}.
 */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LooksIT {
    private static final String KEY = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final int WIDE = 1280;
    private static final int NARROW = 320;
    private static final int PHONE = 375;

    private final Map<Wording, Page> windows = new EnumMap<>(Wording.class);
    private final Browser browser = new Browser();
    private final RefusingMailServer refusing = new RefusingMailServer();
    private final Operator operator;
    private final World world;

    LooksIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @AfterAll
    void close() {
        browser.close();
        refusing.close();
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionAndItsAnswerLookWell(Wording wording) {
        String anna = world.person("anna");
        Flow flow = world.ask(wording.question(world, anna).text("Comments", "optional"));
        Page page = open(world.mailTo(anna).link(wording.yes), wording);
        look(page, wording, "confirm");
        page.locator("button").first().click();
        awaitAnswer(page);
        look(page, wording, "recorded");
        world.lateAnswer(flow);
        World.patiently().until(() -> {
            page.navigate(world.mailTo(anna).link(wording.yes).toString());
            return page.locator("a.button").count() == 1;
        });
        look(page, wording, "decided-by-you");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingCommentIsAskedForWell(Wording wording) {
        String anna = world.person("anna");
        world.ask(wording.question(world, anna).text("Comments", "required"));
        Page page = open(world.mailTo(anna).link(wording.no), wording);
        page.evaluate("() => { document.forms[0].noValidate = true; }");
        page.locator("button").first().click();
        assertThat(page.locator("[role=alert]")).isVisible();

        look(page, wording, "comment-missing");
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherStateLooksWell(Wording wording) {
        for (Map.Entry<String, URI> state : states(wording).entrySet()) {
            look(open(state.getValue(), wording), wording, state.getKey());
        }
    }

    /** Nothing is known any more of what these asked, not even in which language. */
    @Test
    void whatIsGoneAltogetherLooksWellInEveryLanguage() {
        String nora = world.person("nora");
        String terminated = operator.decision(world.ask(world.question(nora)));
        String pia = world.person("pia");
        String forgotten = operator.decision(world.ask(world.question(pia)));
        Map<String, URI> states = Map.of(
                "terminated",
                world.mailTo(nora).link("Approve"),
                "forgotten",
                world.mailTo(pia).link("Approve"));
        for (String id : List.of(terminated, forgotten)) {
            operator.run("workflow", "terminate", "-w", id, "--reason", "test");
            operator.awaitEnd(id);
        }
        operator.run("workflow", "delete", "-w", forgotten, "--yes");
        // what this process has just seen of a request holds for some seconds
        states.values()
                .forEach(link ->
                        World.patiently().until(() -> world.recipient.open(link).status() == 410));
        World.patiently()
                .until(() ->
                        operator.run("workflow", "describe", "-w", forgotten).status() != 0);

        for (Wording wording : Wording.values()) {
            states.forEach((name, link) -> look(open(link, wording), wording, name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsHeldAndItsChangeLookWell(Wording wording) {
        String anna = world.person("anna");
        world.ask(wording.question(world, anna).text("Hold", "PT1H").text("Comments", "optional"));
        Page page = open(world.mailTo(anna).link(wording.yes), wording);
        page.locator("button").first().click();
        awaitAnswer(page);
        look(page, wording, "held");
        page.locator("a.button").click();
        assertThat(page.locator(".standing")).isVisible();
        look(page, wording, "change");
    }

    @ParameterizedTest
    @EnumSource
    void codesAreAskedForWell(Wording wording) {
        String anna = world.person("anna");
        String ben = world.person("ben");
        world.ask(wording.question(world, anna).text("Confirmation", "code"));
        world.ask(wording.question(world, ben).text("Proof", "all"));
        Page page = open(world.mailTo(anna).link(wording.yes), wording);
        page.locator("button").first().click();
        assertThat(page.locator("[name=code]")).isVisible();
        look(page, wording, "code");
        page.locator("[name=code]").fill("AAAAA");
        page.locator("button").first().click();
        assertThat(page.locator("[name=code][aria-invalid]")).isVisible();
        look(page, wording, "code-wrong");

        visit(page, world.mailTo(ben).link(wording.yes));
        page.locator("button").first().click();
        assertThat(page.locator(".news")).isVisible();
        look(page, wording, "proof");
        World.patiently().until(() -> world.inbox.mailsTo(ben).size() == 2);
        look(world.inbox.mailsTo(ben).get(1), wording, "mail-code");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsNoneIsRefusedWell(Wording wording) {
        String anna = world.person("anna");
        world.ask(wording.question(world, anna));
        Page page = open(world.mailTo(anna).link(wording.yes), wording);
        page.evaluate("() => { document.querySelector('button').value = '99'; }");
        page.locator("button").first().click();
        assertThat(page.locator(".mark.problem")).isVisible();
        look(page, wording, "bad-request");
    }

    @ParameterizedTest
    @EnumSource
    void aLateAnswerIsSaidNotToCountAndGetsItsCommentBack(Wording wording) {
        String anna = world.person("anna");
        Flow flow = world.ask(wording.question(world, anna).text("Comments", "optional"));
        Page page = open(world.mailTo(anna).link(wording.yes), wording);
        page.locator("textarea").fill(wording.body);
        assertThat(operator.update(operator.decision(flow), "withdraw", "{\"reason\":\"ordered elsewhere\"}")
                        .status())
                .isZero();
        page.locator("button").first().click();
        assertThat(page.locator(".mark.closed")).isVisible();
        assertThat(page.locator("main")).containsText("ordered elsewhere");
        assertThat(page.locator("main"))
                .containsText(wording.body.lines().findFirst().orElseThrow());

        look(page, wording, "not-counted");
        visit(page, world.mailTo(anna).link(wording.yes));
        look(page, wording, "withdrawn");
    }

    @ParameterizedTest
    @EnumSource
    void onAPhoneTheMainButtonIsInSightWithoutScrolling(Wording wording) {
        Page page = onAPhone(wording, wording.language);
        Browser.keep(page, "phone-" + wording.tag(), false);
        assertMainButtonInSight(page);

        page.locator("summary").click();
        look(page, wording, "confirm-of-three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FR", "ES", "PT"})
    void onAPhoneTheMainButtonIsInSightInLongerLanguagesToo(String language) {
        Page page = onAPhone(Wording.GERMAN, language);
        Browser.keep(page, "phone-" + language.toLowerCase(Locale.ROOT), false);
        assertMainButtonInSight(page);
        page.setViewportSize(WIDE, 900);
    }

    /** The page of a request that says as much as one can. */
    private Page onAPhone(Wording wording, String language) {
        String anna = world.person("anna");
        world.ask(wording.question(world, anna, world.person("ben"), world.person("carla"))
                .language(language)
                .body((wording.body + "\n\n").repeat(8))
                .text("Comments", "optional")
                .text("Answers Needed", "2")
                .text("Veto Outcome", wording.no));
        Page page = window(wording);
        page.setViewportSize(PHONE, 812);
        visit(page, world.mailTo(anna).link(wording.yes));
        return page;
    }

    private static void assertMainButtonInSight(Page page) {
        BoundingBox button = page.locator("form button").first().boundingBox();
        assertThat(button.y + button.height).isLessThanOrEqualTo(812);
    }

    private Map<String, URI> states(Wording wording) {
        Map<String, URI> states = new LinkedHashMap<>();
        String late = world.person("late");
        Flow timedOut = world.ask(wording.question(world, late).text("Timeout", "PT2S"));

        String anna = world.person("anna");
        String ben = world.person("ben");
        world.ask(wording.question(world, anna, ben));
        world.decide(anna, wording.yes);
        states.put("decided-by-other", world.mailTo(ben).link(wording.no));

        String carla = world.person("carla");
        String dora = world.person("dora");
        world.ask(wording.question(world, carla, dora).text("Answers Needed", "all"));
        world.decide(carla, wording.no);
        world.decide(dora, wording.yes);
        states.put("no-agreement", world.mailTo(carla).link(wording.no));

        String gerda = world.person("gerda");
        String hans = world.person("hans");
        world.ask(wording.question(world, gerda, hans).text("Answers Needed", "all"));
        world.decide(gerda, wording.yes);
        states.put("answered", world.mailTo(gerda).link(wording.yes));

        String jana = world.person("jana");
        Flow reassigned = world.ask(wording.question(world, jana));
        states.put("reassigned", world.mailTo(jana).link(wording.yes));
        String input = "{\"from\":\"" + jana + "\",\"to\":\"" + world.person("kurt") + "\"}";
        assertThat(operator.update(operator.decision(reassigned), "reassign", input)
                        .status())
                .isZero();

        String known = world.person("known");
        world.ask(wording.question(world, known, world.person("nobody"))
                .text("Answers Needed", "all")
                .mailServer("127.0.0.1", refusing.port(), "plain"));
        World.patiently().until(() -> !refusing.mailsTo(known).isEmpty());
        URI failed = refusing.mailsTo(known).get(0).link(wording.yes);
        states.put("mail-failed", failed);

        world.lateAnswer(timedOut);
        states.put("timed-out", world.mailTo(late).link(wording.yes));
        World.patiently().until(() -> world.recipient.open(failed).status() == 410);
        states.put("check", check(world.mailTo(late)));
        states.put("unknown", world.flowmail().address("/decide/nonsense"));
        states.put("nothing", world.flowmail().address("/nothing/here"));
        states.put("home", world.flowmail().address("/"));
        return states;
    }

    @Test
    void theConnectorsAddressIsCopiedByItsButton() {
        try (BrowserContext window = browser.window(options ->
                options.setViewportSize(WIDE, 900).setPermissions(List.of("clipboard-read", "clipboard-write")))) {
            Page page = window.newPage();
            page.navigate(world.flowmail().address("/").toString());
            page.getByText("Copy the address").click();

            assertThat(page.locator("#copied")).hasText("Copied");
            assertThat(page.evaluate("navigator.clipboard.readText()"))
                    .isEqualTo(page.locator("#connector").textContent())
                    .asString()
                    .endsWith("/api/email/1");
        }
    }

    @Test
    void anEngineThatIsNotReachedIsSaidPlainly() {
        String anna = world.person("anna");
        Flow flow = world.ask(Wording.ENGLISH.question(world, anna));
        Page page = open(world.mailTo(anna).link("Approve"), Wording.ENGLISH);
        world.stopEngine();
        try {
            page.locator("button").first().click();
            awaitAnswer(page);
        } finally {
            world.startEngine();
        }

        assertThat(page.locator("main"))
                .containsText("The decision is recorded; the process continues as soon as it has been told.");
        look(page, Wording.ENGLISH, "recorded-soon");
        world.lateAnswer(flow);
        // the page's own link leads to the way back
        World.patiently().until(() -> {
            page.locator("a.button").click();
            return page.locator("a.button[href*='/play/']").count() == 1;
        });
    }

    @Test
    void aServiceThatCannotAnswerSaysToTryAgain() {
        String anna = world.person("anna");
        Path directory = world.directory("looks").toAbsolutePath();
        String name = directory.getFileName().toString();
        try (TemporalProcess temporal =
                        new TemporalProcess("temporal-" + name, directory.resolve("elsewhere.db")).start();
                FlowmailProcess flowmail = new FlowmailProcess(
                                "flowmail-" + name,
                                directory.resolve("data"),
                                Map.of(
                                        "TEMPORAL_ADDRESS", temporal.address(),
                                        "FLOWMAIL_KEYS_LINKS", KEY,
                                        "FLOWMAIL_KEYS_PAYLOADS", KEY))
                        .start()) {
            world.ask(flowmail.connector(), world.question(anna));
            URI link = world.mailTo(anna).link("Approve");
            lookAtAnAnswerThatIsNotConfirmedYet(flowmail, new Operator(flowmail, temporal.address()));
            temporal.stop();
            URI unknown = flowmail.address("/decide/nonsense");

            for (Wording wording : Wording.values()) {
                look(open(link, wording), wording, "try-later");
            }
            for (Wording wording : Wording.values()) {
                Page page = open(unknown, wording);
                // what is free again in the meantime is used up
                World.patiently().until(() -> page.reload().status() == 429);
                look(page, wording, "too-many");
            }
        }
    }

    /** A run that is paused keeps an answer and says nothing of it. */
    private void lookAtAnAnswerThatIsNotConfirmedYet(FlowmailProcess flowmail, Operator pausing) {
        for (Wording wording : Wording.values()) {
            String ben = world.person("ben");
            String id = pausing.decision(world.ask(flowmail.connector(), wording.question(world, ben)));
            URI link = world.mailTo(ben).link(wording.yes);
            world.patientlyOpened(link);
            Page page = open(link, wording);
            assertThat(pausing.run("workflow", "pause", "-w", id).output()).contains("paused");
            page.locator("button").first().click();
            assertThat(page.locator(".mark.waiting")).isVisible();
            look(page, wording, "pending");
        }
    }

    @ParameterizedTest
    @EnumSource
    void mailsLookWell(Wording wording) {
        String anna = world.person("anna");
        String ben = world.person("ben");
        world.ask(wording.question(world, anna).text("Remind Every", "PT2S"));
        world.ask(wording.question(world, ben)
                .html("<p style=\"font-family:Georgia,serif;color:#333\">" + wording.body.replace("\n\n", "<p>")
                        + "</p>"));

        look(world.mailTo(anna), wording, "mail");
        look(world.mailTo(ben), wording, "mail-with-own-html");
        World.patiently().until(() -> world.inbox.mailsTo(anna).size() > 1);
        look(world.inbox.mailsTo(anna).get(1), wording, "mail-reminder");
    }

    private void look(ReceivedMail mail, Wording wording, String name) {
        Page page = window(wording);
        page.navigate("about:blank");
        page.setContent(mail.html());
        assertThat(page.locator("html")).hasAttribute("lang", wording.tag());
        for (Locator button : page.locator(".fm-button a").all()) {
            assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44);
        }
        look(page, wording, name);

        page.setViewportSize(640, 400);
        page.setContent(WordView.of(mail.html()));
        for (Locator button : page.locator(WordView.SHAPE).all()) {
            assertThat(button.boundingBox().width).isEqualTo(500);
            assertThat((Boolean) button.evaluate("shape => shape.scrollHeight <= shape.clientHeight"
                            + " && shape.scrollWidth <= shape.clientWidth"))
                    .as("the label fits its button")
                    .isTrue();
        }
        browser.assertPeace(page);
        Browser.keep(page, name + "-" + wording.tag() + "-outlook", true);
    }

    /** Looks at a page as it is loaded: in both schemes, at every width, in forced colours, without its style sheet. */
    private void look(Page page, Wording wording, String name) {
        // an answer that is no 200 is mentioned by the browser
        browser.complaints(page)
                .removeIf(complaint -> complaint.matches(".*status of (400|404|409|410|428|429|503) .*"));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(NARROW, 640);
            browser.assertNoBarriers(page);
            boolean isDark = scheme == ColorScheme.DARK;
            if (isDark || wording == Wording.ENGLISH) {
                Browser.keep(page, name + "-" + wording.tag() + (isDark ? "-narrow-dark" : "-narrow-light"), true);
            }
            if (!isDark || wording == Wording.ENGLISH) {
                page.setViewportSize(WIDE, 900);
                Browser.keep(page, name + "-" + wording.tag() + (isDark ? "-wide-dark" : "-wide-light"), true);
            }
        }
        for (int width : List.of(NARROW, PHONE, WIDE)) {
            page.setViewportSize(width, 812);
            browser.assertPeace(page);
        }
        if (wording == Wording.ENGLISH) {
            page.setViewportSize(NARROW * 2, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            Browser.keep(page, name + "-forced-colours", true);
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(null));
            withStyles(page, false);
            Browser.keep(page, name + "-without-css", true);
            withStyles(page, true);
        }
        if (List.of("confirm-en", "decided-by-you-en", "mail-en").contains(name + "-" + wording.tag())) {
            Browser.picture(page, name, ColorScheme.LIGHT);
        } else if (wording == Wording.ARABIC && name.equals("confirm")) {
            Browser.picture(page, name + "-ar", ColorScheme.DARK);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(WIDE, 900);
    }

    private static void withStyles(Page page, boolean enabled) {
        page.evaluate("on => { for (const sheet of document.styleSheets) sheet.disabled = !on; }", enabled);
    }

    /** Where programs that check links may go. */
    private static URI check(ReceivedMail mail) {
        return URI.create(Jsoup.parse(mail.html()).select("a[href*=/check/]").attr("href"));
    }

    private Page open(URI address, Wording wording) {
        Page page = window(wording);
        visit(page, address);
        assertThat(page.locator("html")).hasAttribute("lang", wording.tag());
        assertThat(page.locator("html")).hasAttribute("dir", wording == Wording.ARABIC ? "rtl" : "ltr");
        return page;
    }

    private static void visit(Page page, URI address) {
        page.navigate(address.toString());
        assertThat(page.locator("h1")).isFocused();
    }

    /** The one window of somebody who speaks a language. */
    private Page window(Wording wording) {
        return windows.computeIfAbsent(
                wording,
                opened -> browser.window(options -> options.setViewportSize(WIDE, 900)
                                .setColorScheme(ColorScheme.LIGHT)
                                .setLocale(opened.tag()))
                        .newPage());
    }

    /** A busy machine may need a moment to confirm: the page says so, and how to look again. */
    private static void awaitAnswer(Page page) {
        World.patiently().until(() -> {
            if (page.locator(".mark.waiting").count() > 0) {
                page.reload();
            }
            return page.locator(".mark.done").count() == 1;
        });
    }
}
