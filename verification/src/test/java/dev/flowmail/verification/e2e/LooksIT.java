package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.TemporalProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page and mail that people get to see: wide and at 320 px, light and dark, in four languages. Screenshots are kept in
 * {@code target/screenshots}.
 */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LooksIT {
    private static final String KEY = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final int WIDE = 1280;
    private static final int NARROW = 320;

    private final Browser browser = new Browser();
    private final Operator operator;
    private final World world;

    LooksIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @AfterAll
    void close() {
        browser.close();
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
        page.context().close();
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

        // the page is a 400, which the browser mentions
        browser.complaints(page).removeIf(complaint -> complaint.contains("status of 400"));
        look(page, wording, "comment-missing");
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherStateLooksWell(Wording wording) {
        for (Map.Entry<String, URI> state : states(wording).entrySet()) {
            Page page = open(state.getValue(), wording);
            browser.complaints(page).removeIf(complaint -> complaint.matches(".*status of (404|410) .*"));
            look(page, wording, state.getKey());
            page.context().close();
        }
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

        browser.complaints(page).removeIf(complaint -> complaint.contains("status of 410"));
        look(page, wording, "not-counted");
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource
    void onAPhoneTheMainButtonIsInSightWithoutScrolling(Wording wording) {
        String anna = world.person("anna");
        world.ask(wording.question(world, anna, world.person("ben"), world.person("carla"))
                .body((wording.body + "\n\n").repeat(8))
                .text("Comments", "optional")
                .text("Answers Needed", "2")
                .text("Veto Outcome", wording.no));
        Page page = open(world.mailTo(anna).link(wording.yes), wording);
        page.setViewportSize(375, 812);
        BoundingBox button = page.locator("form button").first().boundingBox();

        assertThat(button.y + button.height).isLessThanOrEqualTo(812);
        Browser.keep(page, "phone-" + wording.tag(), false);
        page.locator("summary").click();
        look(page, wording, "confirm-of-three");
        page.context().close();
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

        String ida = world.person("ida");
        Flow withdrawn = world.ask(wording.question(world, ida));
        states.put("withdrawn", world.mailTo(ida).link(wording.yes));
        assertThat(operator.update(operator.decision(withdrawn), "withdraw", "{\"reason\":\"ordered elsewhere\"}")
                        .status())
                .isZero();

        String jana = world.person("jana");
        Flow reassigned = world.ask(wording.question(world, jana));
        states.put("reassigned", world.mailTo(jana).link(wording.yes));
        String input = "{\"from\":\"" + jana + "\",\"to\":\"" + world.person("kurt") + "\"}";
        assertThat(operator.update(operator.decision(reassigned), "reassign", input)
                        .status())
                .isZero();

        String nora = world.person("nora");
        Flow terminated = world.ask(wording.question(world, nora));
        states.put("terminated", world.mailTo(nora).link(wording.yes));
        String id = operator.decision(terminated);
        operator.run("workflow", "terminate", "-w", id, "--reason", "test");
        operator.awaitEnd(id);

        String olga = world.person("olga");
        Flow forgotten = world.ask(wording.question(world, olga));
        states.put("forgotten", world.mailTo(olga).link(wording.yes));
        String past = operator.decision(forgotten);
        operator.run("workflow", "terminate", "-w", past, "--reason", "test");
        operator.awaitEnd(past);
        operator.run("workflow", "delete", "-w", past, "--yes");
        // what this process has just seen of a request holds for some seconds
        for (URI ended : List.of(
                Objects.requireNonNull(states.get("terminated")), Objects.requireNonNull(states.get("forgotten")))) {
            World.patiently().until(() -> world.recipient.open(ended).status() == 410);
        }
        World.patiently()
                .until(() -> operator.run("workflow", "describe", "-w", past).status() != 0);

        world.lateAnswer(timedOut);
        states.put("timed-out", world.mailTo(late).link(wording.yes));
        states.put("unknown", world.flowmail().address("/decide/nonsense"));
        states.put("home", world.flowmail().address("/"));
        return states;
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
        page.context().close();
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
            temporal.stop();
            URI unknown = flowmail.address("/decide/nonsense");

            for (Wording wording : Wording.values()) {
                Page page = open(link, wording);
                browser.complaints(page).removeIf(complaint -> complaint.contains("status of 503"));
                look(page, wording, "try-later");
                page.context().close();
            }
            for (Wording wording : Wording.values()) {
                Page page = open(unknown, wording);
                // what is free again in the meantime is used up
                World.patiently().until(() -> page.reload().status() == 429);
                browser.complaints(page).removeIf(complaint -> complaint.matches(".*status of (404|429) .*"));
                look(page, wording, "too-many");
                page.context().close();
            }
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
        Page page = window(wording).newPage();
        page.setContent(mail.html());
        assertThat(page.locator("html")).hasAttribute("lang", wording.tag());
        for (Locator button : page.locator(".fm-button a").all()) {
            assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44);
        }
        look(page, wording, name);
        page.context().close();
    }

    /** Looks at a page in both schemes and widths, and in forced colours. */
    private void look(Page page, Wording wording, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(WIDE, NARROW)) {
                page.setViewportSize(width, width == WIDE ? 900 : 640);
                browser.assertPeace(page);
                if (width == NARROW || wording == Wording.ENGLISH) {
                    browser.assertNoBarriers(page);
                }
                String look = (width == WIDE ? "wide-" : "narrow-") + (scheme == ColorScheme.DARK ? "dark" : "light");
                Browser.keep(page, name + "-" + wording.tag() + "-" + look, true);
            }
        }
        if (wording == Wording.ENGLISH) {
            page.setViewportSize(NARROW * 2, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            Browser.keep(page, name + "-forced-colours", true);
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setForcedColors(null).setColorScheme(ColorScheme.LIGHT));
        }
        if (List.of("confirm-en", "decided-by-you-en", "mail-en").contains(name + "-" + wording.tag())) {
            Browser.picture(page, name, ColorScheme.LIGHT);
        } else if (wording == Wording.ARABIC && name.equals("confirm")) {
            Browser.picture(page, name + "-ar", ColorScheme.DARK);
        }
    }

    private Page open(URI address, Wording wording) {
        Page page = window(wording).newPage();
        page.navigate(address.toString());
        assertThat(page.locator("h1")).isFocused();
        assertThat(page.locator("html")).hasAttribute("lang", wording.tag());
        assertThat(page.locator("html")).hasAttribute("dir", wording == Wording.ARABIC ? "rtl" : "ltr");
        return page;
    }

    private BrowserContext window(Wording wording) {
        return browser.window(options -> options.setViewportSize(WIDE, 900)
                .setColorScheme(ColorScheme.LIGHT)
                .setLocale(wording.tag()));
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
