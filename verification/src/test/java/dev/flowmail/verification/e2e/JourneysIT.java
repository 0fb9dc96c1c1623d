package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import dev.flowmail.simulator.engine.Flow;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the mail to the flow, as people with all kinds of browsers go. */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JourneysIT {
    private final Browser browser = new Browser();
    private final World world;

    JourneysIT(World world) {
        this.world = world;
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonDecidesWithACommentWithAndWithoutScripts(boolean scripts) {
        Journey journey = new Journey(
                browser.window(options -> options.setJavaScriptEnabled(scripts).setViewportSize(1280, 900)));

        journey.page.getByLabel("Your comment").fill("Fine, but the blue ones.");
        journey.page.getByRole(AriaRole.BUTTON, named("Send “Approve”")).click();

        assertThat(journey.page.locator("h1")).containsText("Your answer is recorded");
        assertThat(journey.page.context().cookies()).isEmpty();
        journey.assertChosen("Approve");
        assertThat(world.lateAnswer(journey.flow).json().toString()).contains("Fine, but the blue ones.");
        journey.goBackIntoTheFlow();
    }

    /** What the page is without scripts it is with them. */
    @Test
    void theDecidingAnswersPageGoesOnIntoTheFlowByItself() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("After Answer", "flow"));
        Page page =
                browser.window(options -> options.setJavaScriptEnabled(false)).newPage();
        page.navigate(world.mailTo(anna).link("Approve").toString());

        page.getByRole(AriaRole.BUTTON, named("Send “Approve”")).click();

        page.waitForURL("**/play/**");
        assertThat(page.locator("#path ul .taken")).hasText("Approve");
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void anotherOutcomeIsOneClickAway() {
        Journey journey = new Journey(browser.window(1280, 900, ColorScheme.LIGHT));

        journey.page.getByRole(AriaRole.BUTTON, named("Send “Reject”")).click();

        assertThat(journey.page.locator("h1")).containsText("Your answer is recorded");
        journey.assertChosen("Reject");
    }

    @Test
    void theKeyboardIsEnough() {
        Journey journey = new Journey(browser.window(1280, 900, ColorScheme.DARK));
        Page page = journey.page;
        assertThat(page.locator("h1")).isFocused();

        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Your comment")).isFocused();
        page.keyboard().type("By keyboard.");
        page.keyboard().press("Tab");
        Locator confirm = page.getByRole(AriaRole.BUTTON, named("Send “Approve”"));
        assertThat(confirm).isFocused();
        assertThat((String) confirm.evaluate("button => getComputedStyle(button).outlineStyle"))
                .isEqualTo("solid");
        page.keyboard().press("Tab");
        assertThat(page.getByRole(AriaRole.BUTTON, named("Send “Reject”"))).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).containsText("Your answer is recorded");
        assertThat(page.locator("h1")).isFocused();
        journey.assertChosen("Reject");
        journey.awaitWayBack();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForURL("**/play/**");
    }

    /** At 320 px wide, and at 1280 px with 200 % zoom, which leaves 640 px to the page. */
    @ParameterizedTest
    @ValueSource(ints = {320, 640})
    void aSmallOrEnlargedWindowIsEnough(int width) {
        Journey journey = new Journey(browser.window(options -> options.setViewportSize(width, 450)
                .setDeviceScaleFactor(2)
                .setColorScheme(ColorScheme.DARK)
                .setHasTouch(true)));

        browser.assertPeace(journey.page);
        List<Locator> buttons = journey.page.locator("button").all();
        assertThat(buttons).isNotEmpty();
        for (Locator button : buttons) {
            assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44);
        }
        Locator confirm = journey.page.getByRole(AriaRole.BUTTON, named("Send “Approve”"));
        confirm.tap();

        assertThat(journey.page.locator("h1")).containsText("Your answer is recorded");
        browser.assertPeace(journey.page);
        journey.assertChosen("Approve");
    }

    @Test
    void buttonsAndFieldsKeepTheirEdgesInForcedColours() {
        Journey journey = new Journey(browser.window(
                options -> options.setForcedColors(ForcedColors.ACTIVE).setViewportSize(1280, 900)));

        for (String element : List.of("button.button", "textarea", "main")) {
            assertThat((String) journey.page
                            .locator(element)
                            .first()
                            .evaluate("element => getComputedStyle(element).borderTopColor"))
                    .as(element)
                    .isNotEqualTo(journey.page
                            .locator("main")
                            .evaluate("element => getComputedStyle(element).backgroundColor"));
        }
        journey.page.getByRole(AriaRole.BUTTON, named("Send “Reject”")).click();

        assertThat(journey.page.locator("h1")).containsText("Your answer is recorded");
        journey.assertChosen("Reject");
    }

    @Test
    void arabicRunsFromRightToLeft() {
        String anna = world.person("anna");
        Flow flow = world.ask(Wording.ARABIC.question(world, anna));
        Page page = browser.window(320, 700, ColorScheme.LIGHT).newPage();
        page.navigate(world.mailTo(anna).link(Wording.ARABIC.yes).toString());

        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat((String) page.locator("h1").evaluate("h1 => getComputedStyle(h1).direction"))
                .isEqualTo("rtl");
        browser.assertPeace(page);
        page.locator("button").first().click();

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains(Wording.ARABIC.yes);
    }

    /** A person who has opened the link of their mail. */
    private final class Journey {
        private final String anna = world.person("anna");
        private final Flow flow = world.ask(world.question(anna).text("Comments", "optional"));
        private final URI link = world.mailTo(anna).link("Approve");
        private final Page page;

        Journey(BrowserContext window) {
            page = window.newPage();
            page.navigate(link.toString());
        }

        void assertChosen(String outcome) {
            world.lateAnswer(flow);
            assertThat(world.engine.flow(flow.token()).chosen()).contains(outcome);
            assertThat(browser.complaints(page)).isEmpty();
        }

        /** It is known when Flow has been called back. */
        void awaitWayBack() {
            World.patiently().until(() -> {
                page.navigate(link.toString());
                return page.locator("a.button").count() == 1;
            });
        }

        void goBackIntoTheFlow() {
            awaitWayBack();
            page.locator("a.button").click();
            page.waitForURL("**/play/**");
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
