package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.flowmail.simulator.engine.Flow;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demo as a person plays it, in a real browser. */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {
    private static final String TO = "To one address per line";
    private static final String SUBJECT = "Subject";

    private final Browser browser = new Browser();
    private final World world;

    DemoIT(World world) {
        this.world = world;
    }

    @BeforeAll
    static void waitPatiently() {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) World.PATIENCE.toMillis());
    }

    /** Each window follows what happens, and would slow down the tests that come after. */
    @AfterEach
    void closeWindows() {
        browser.closeWindows();
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @Test
    void aFlowsOwnMailOpensWhenItIsStartedAndTheButtonIsInSight() {
        Page page = open(1280, 720, ColorScheme.LIGHT);
        for (String subject : List.of(unique("First"), unique("Second"))) {
            fill(page, "Approve a purchase", Map.of(SUBJECT, subject));
            BoundingBox button = page.getByText("Start the flow").boundingBox();
            assertThat(button.y + button.height).isLessThanOrEqualTo(720);
            start(page);
            assertThat(page.locator("#reader h3")).hasText(subject);
            assertThat(page.locator("#mail-news")).containsText(subject);
        }
        browser.assertPeace(page);
    }

    @Test
    void aPersonPlaysADecisionThrough() {
        Page page = open(1440, 1000, ColorScheme.LIGHT);
        String subject = unique("Purchase order 4711");
        String anna = world.person("anna");
        start(page, "Approve a purchase", Map.of(TO, anna, SUBJECT, subject));

        Locator flow = flow(page, subject);
        assertThat(flow.locator("[aria-current=step]")).containsText("Waiting");
        openMail(page, anna);
        assertThat(page.locator("h2")).containsText(new String[] {"1 Start", "4 Watch", "2 Open and 3 answer"});
        Browser.keep(page, "wide-waiting", false);

        Page confirm = clickInMail(page, "Approve");
        Browser.keep(confirm, "confirm", false);
        confirm.locator("textarea").fill("Fine, but the blue ones.");
        confirm.locator("form[method=post] button").first().click();

        assertThat(flow.locator(".steps")).containsText("Decided: Approve");
        assertThat(flow.locator(".steps")).containsText("Continued");
        assertThat(flow).containsText(anna + " decided: Approve. “Fine, but the blue ones.”");
        flow.getByRole(AriaRole.BUTTON, named("Callback")).click();
        assertThat(flow.locator("pre")).containsText("selectedOutcomeId");
        Browser.keep(page, "wide-continued", false);
        browser.assertPeace(page);
        browser.assertNoBarriers(page);
        browser.assertPeace(confirm);
    }

    @Test
    void theRecipientComesBackIntoTheFlowOnItsPath() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String anna = world.person("anna");
        start(page, "Approve a purchase", Map.of(TO, anna));
        openMail(page, anna);
        Page confirm = clickInMail(page, "Reject");
        confirm.locator("form[method=post] button").first().click();

        goBackIntoTheFlow(confirm);

        assertThat(confirm.locator("#path ul .taken")).hasText("Reject");
        Browser.keep(confirm, "join", false);
        browser.assertPeace(confirm);
    }

    @Test
    void theExactJsonIsThereToLookAt() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String subject = unique("What was sent?");
        start(page, "Sending a simple email", Map.of(SUBJECT, subject));
        Locator flow = flow(page, subject);
        assertThat(flow.locator(".steps")).containsText("Continued at once");
        assertThat(flow.locator(".step")).hasText("The email was sent.");

        assertThat(flow.locator(".buttons")).containsText("On the wire:");
        flow.getByRole(AriaRole.BUTTON, named("Request")).click();
        flow.getByText("byte for byte").click();

        assertThat(flow.locator("pre")).hasText(sent(subject).request());
        flow.getByRole(AriaRole.BUTTON, named("Answer")).click();
        assertThat(flow.locator("pre")).containsText("\"invokeType\": \"FORWARD\"");
        browser.assertPeace(page);
    }

    @Test
    void anUploadedFileArrivesWithItsMail() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String anna = world.person("anna");
        start(page, "Sending email attachments", Map.of(TO, anna));

        openMail(page, anna);

        assertThat(page.locator("#reader dl")).containsText("invoice-2041.csv, text/csv, 35 bytes");
        Download file = page.waitForDownload(
                () -> page.locator("#reader a").getByText("invoice-2041.csv").click());
        assertThat(file.suggestedFilename()).isEqualTo("invoice-2041.csv");
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Source"))
                .click();
        assertThat(page.locator("#view")).containsText("MIME-Version: 1.0");
        assertThat(page.locator(".flow .step").first()).hasText("The email was sent.");
        browser.assertPeace(page);
    }

    @Test
    void theDocumentedDecisionGoesToTheStepBehindItsOutcomeAndNobodyIsOfferedTheOneForFaults() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String subject = unique("This is the subject of the email.");
        String anna = world.person("anna");
        start(page, "Sending an email with a decision request", Map.of(TO, anna, SUBJECT, subject));
        openMail(page, anna);
        assertThat(mail(page).locator("body")).containsText("Hello. This is the body of the email.");
        assertThat(mail(page).locator("body")).not().containsText("FAULT");
        assertThat(flow(page, subject).locator(".step")).isHidden();

        Page confirm = clickInMail(page, "Reject");
        confirm.locator("form[method=post] button").first().click();

        assertThat(flow(page, subject).locator(".step")).hasText("This is rejected.");
        goBackIntoTheFlow(confirm);
        assertThat(confirm.locator(".step")).hasText("This is rejected.");
        browser.assertPeace(page);
    }

    @Test
    void aDecisionThatNobodyCanBeAskedForGoesToTheStepForFaults() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String subject = unique("Nobody can be asked");
        fill(page, "Sending an email with a decision request", Map.of(TO, world.person("anna"), SUBJECT, subject));
        page.getByText("More inputs").click();
        page.getByLabel("Veto outcome").fill("Nothing of the kind");
        start(page);

        assertThat(flow(page, subject).locator(".problem")).containsText("Veto Outcome");
        assertThat(flow(page, subject).locator(".step")).hasText("Nobody could be asked.");
    }

    @Test
    void aDecisionLeadsToItsWorkflowInTemporal() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String subject = unique("Where does it run?");
        start(page, "Two of three", Map.of(SUBJECT, subject));
        assertThat(flow(page, subject).locator("[aria-current=step]")).containsText("Waiting");
        URI link = world.page().resolve("/page/flows/" + sent(subject).stateId() + "/temporal");

        // listed when Temporal's visibility gets to it
        World.patiently()
                .untilAsserted(() -> assertThat(
                                world.recipient.open(link).headers().firstValue("Location"))
                        .hasValueSatisfying(address -> assertThat(address)
                                .startsWith(
                                        world.flowmail().temporalUi() + "/namespaces/default/workflows/decision-")));
    }

    @Test
    void aDecisionCarriesFilesThatOpenFromTheInbox() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String anna = world.person("anna");
        fill(page, "Approve a purchase", Map.of(TO, anna));
        page.getByText("More inputs").click();
        page.getByLabel("Attachments")
                .setInputFiles(new FilePayload("offer.txt", "text/plain", "Ten chairs".getBytes(UTF_8)));
        start(page);

        openMail(page, anna);

        Locator offer = page.locator("#reader dl a").getByText("offer.txt, text/plain, 10 bytes");
        Download file = page.waitForDownload(offer::click);
        assertThat(file.path()).hasContent("Ten chairs");
    }

    @Test
    void whatFlowmailRefusesIsSaid() {
        Page page = open(1280, 720, ColorScheme.LIGHT);
        String subject = unique("Nobody can answer so often");
        fill(page, "Two of three", Map.of(SUBJECT, subject));
        page.getByText("More inputs").click();
        page.getByLabel("Answers needed").fill("7");
        page.getByText("More inputs").click();
        start(page);

        assertThat(flow(page, subject).locator(".problem")).containsText("Answers Needed");
        assertThat(flow(page, subject).locator(".steps")).hasText("Refused");
        assertThat(flow(page, subject).getByText("in Temporal")).isHidden();
        assertThat(page.locator("label + .field-problem")).containsText("Answers Needed");
        assertThat(page.getByLabel("Answers needed")).isFocused();
        assertInSight(page.locator("label + .field-problem"));
        assertThat(page.locator("#refusal")).isHidden();
        Browser.keep(page, "refused", false);
        browser.assertPeace(page);
    }

    @Test
    void anErrorThatConcernsNoFieldStandsAboveTheButton() {
        Page page = open(1280, 720, ColorScheme.LIGHT);
        page.route("**/page/flows", Route::abort);
        start(page);

        assertThat(page.locator("#refusal")).containsText("cannot be reached");
        assertInSight(page.locator("#refusal"));
        Browser.keep(page, "not-reached", false);
    }

    @Test
    void aFieldThatIsMissingOpensTheFoldThatHidesIt() {
        Page page = open(1280, 720, ColorScheme.LIGHT);
        page.getByText("More inputs").click();
        page.getByLabel("From", new Page.GetByLabelOptions().setExact(true)).fill("");
        page.getByText("More inputs").click();
        assertThat(page.locator("details")).not().hasAttribute("open", "");

        start(page);

        assertThat(page.locator("[name=From]")).isFocused();
        assertInSight(page.locator("[name=From]:invalid"));
        Browser.keep(page, "field-missing", false);
    }

    @Test
    void withoutScriptsItSaysThatItNeedsThem() {
        Page page = browser.window(options -> options.setViewportSize(1280, 720).setJavaScriptEnabled(false))
                .newPage();
        page.navigate(world.page().toString());

        Locator sentence = page.locator("noscript p");
        assertThat(sentence).containsText("This page needs JavaScript");
        assertThat(sentence).isInViewport();
        assertThat(page.locator("main")).isHidden();
        Browser.keep(page, "without-scripts", false);
    }

    @Test
    void aMailRunsNoScriptAndLoadsNothing() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String anna = world.person("anna");
        fill(page, "Sending a simple email", Map.of(TO, anna));
        page.getByLabel("HTML body").first().fill("<p>Harmless</p><script>top.document.title = 'gotcha'</script>");
        start(page);

        openMail(page, anna);

        assertThat(mail(page).getByText("Harmless")).isVisible();
        assertThat(page).hasTitle("Flowmail demo");
        assertThat(browser.complaints(page)).anyMatch(complaint -> complaint.startsWith(Browser.SANDBOX_WORKS));
        assertThat(world.recipient
                        .open(world.page().resolve("/page/mail-html/0"))
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("sandbox ")
                .contains("default-src 'none'")
                .doesNotContain("allow-scripts");
    }

    @Test
    void itFitsANarrowDarkScreen() {
        Page page = open(320, 720, ColorScheme.DARK);
        String subject = unique("A long journey for a very narrow screen");
        String anna = world.person("anna");
        fill(page, "Approve a purchase", Map.of(TO, anna, SUBJECT, subject));
        Browser.keep(page, "narrow-dark-start", false);
        Locator mails = page.locator(".jump [data-count=mails]");
        int before = Integer.parseInt(mails.textContent());
        start(page);
        assertThat(mails).hasText(Integer.toString(before + 1));
        assertThat(mails).isInViewport();
        Locator flow = flow(page, subject);
        assertThat(flow.locator("[aria-current=step]")).containsText("Waiting");
        openMail(page, anna);
        browser.assertPeace(page);
        Browser.keep(page, "narrow-dark-mail", false);

        Page confirm = clickInMail(page, "Approve");
        browser.assertPeace(confirm);
        Browser.keep(confirm, "narrow-dark-confirm", true);
        confirm.locator("form[method=post] button").first().click();

        assertThat(flow.locator(".steps")).containsText("Decided: Approve");
        flow.getByRole(AriaRole.BUTTON, named("Callback")).click();
        assertThat(flow.locator("pre")).containsText("FORWARD");
        assertThat((Boolean) flow.evaluate("flow => [...flow.querySelectorAll('.steps li, .buttons button')]"
                        + ".every(part => part.scrollWidth <= part.clientWidth)"))
                .as("words fit")
                .isTrue();
        flow.scrollIntoViewIfNeeded();
        Browser.keep(page, "narrow-dark-continued", false);
        browser.assertPeace(page);
        browser.assertNoBarriers(page);
    }

    @Test
    void onAPhoneTheCountersMoveWithEachFlow() {
        Page page = open(375, 812, ColorScheme.LIGHT);
        page.evaluate("() => { window.moves = 0; document.querySelector('.jump [data-count=flows]')"
                + ".addEventListener('animationstart', () => window.moves++); }");
        Locator flows = page.locator(".jump [data-count=flows]");
        for (int started = 1; started <= 2; started++) {
            String next = Integer.toString(Integer.parseInt(flows.textContent()) + 1);
            start(page, "Sending a simple email", Map.of(SUBJECT, unique("Count on me")));

            assertThat(flows).hasText(next);
            assertThat(flows).isInViewport();
            page.waitForFunction("started => window.moves === started", started);
        }
        Browser.keep(page, "phone-light", false);
        browser.assertPeace(page);
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = open(1280, 900, ColorScheme.DARK);
        String subject = unique("Without a mouse");
        String anna = world.person("anna");
        fill(page, "Approve a purchase", Map.of(TO, anna, SUBJECT, subject));
        page.getByLabel(SUBJECT).press("Enter");
        Locator row = row(page, anna);
        assertThat(page.locator("#inbox .row[tabindex='0']")).hasCount(1);
        row.press("End");
        assertThat(page.locator("#inbox .row").last()).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(page.locator("#inbox .row").nth(-2)).isFocused();
        page.keyboard().press("Home");
        assertThat(page.locator("#inbox .row").first()).isFocused();
        assertThat(page.locator("#inbox .row[tabindex='0']")).hasCount(1);
        row.press("Enter");
        assertThat(page.locator("#reader h3")).hasText(subject);
        assertThat(page.locator("#reader h3")).isFocused();

        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Email"))
                .press("ArrowRight");

        assertThat(page.locator("#view")).containsText("/decide/");
        assertThat(page.locator("[role=tab][aria-selected=true]")).isFocused();
        Browser.keep(page, "wide-dark-text", false);
        browser.assertPeace(page);
    }

    @Test
    @EnabledIfSystemProperty(named = "flowmail.pictures", matches = ".+")
    void theDocumentationShowsTheDemoAfterADecision() {
        Page page = open(1440, 1060, ColorScheme.LIGHT);
        for (String example : List.of("Sending a simple email", "Sending email attachments", "Two of three")) {
            start(page, example, Map.of());
        }
        assertThat(row(page, "New supplier: Nordic Chairs")).hasCount(3);
        start(page, "Approve a purchase", Map.of());
        assertThat(page.locator("#reader h3")).hasText("Purchase order 4711");
        Page confirm = clickInMail(page, "Approve");
        confirm.locator("textarea").fill("Fine, but the blue ones.");
        confirm.locator("form[method=post] button").first().click();
        assertThat(page.locator(".flow").first().locator(".steps")).containsText("Continued");
        page.evaluate("scrollTo(0, 0)");

        Browser.ofDocumentation("demo-wide")
                .ifPresent(path -> page.screenshot(new Page.ScreenshotOptions().setPath(path)));
    }

    @Test
    void onlyThisMachinesOwnPageIsLetIn() {
        assertThat(Raw.get(world.page(), "/", "Host: rebound.example")).startsWith("HTTP/1.1 421");
        assertThat(Raw.get(world.page(), "/page/events", "Host: 127.0.0.1.rebound.example"))
                .startsWith("HTTP/1.1 421");
        assertThat(Raw.post(world.page(), "/page/flows", "Host: localhost", "Origin: http://rebound.example"))
                .startsWith("HTTP/1.1 403");
    }

    private Page open(int width, int height, ColorScheme colors) {
        BrowserContext window = browser.window(width, height, colors);
        Page page = window.newPage();
        page.navigate(world.page().toString());
        assertThat(page.locator("#live")).hasText("live");
        return page;
    }

    private String unique(String subject) {
        return world.person(subject).replace("@example.com", "");
    }

    /** Chooses a worked example, puts other texts into its fields, and starts it. */
    private static void start(Page page, String example, Map<String, String> fields) {
        fill(page, example, fields);
        start(page);
    }

    private static void fill(Page page, String example, Map<String, String> fields) {
        page.locator("#presets").getByRole(AriaRole.BUTTON, named(example)).click();
        fields.forEach((label, text) -> page.getByLabel(label).fill(text));
    }

    private static void start(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the flow"))
                .click();
    }

    /** Nothing lies over it either. */
    private static void assertInSight(Locator part) {
        assertThat(part).isInViewport();
        assertThat((Boolean) part.evaluate("""
            part => {
                const box = part.getBoundingClientRect();
                return part.contains(document.elementFromPoint(box.x + box.width / 2, box.bottom - 2));
            }
            """)).as("nothing covers it").isTrue();
    }

    private static Locator flow(Page page, String subject) {
        return page.locator(".flow", new Page.LocatorOptions().setHasText(subject));
    }

    private Flow sent(String subject) {
        return world.engine.flows().stream()
                .filter(flow -> flow.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static Locator row(Page page, String recipient) {
        return page.locator(".row", new Page.LocatorOptions().setHasText(recipient));
    }

    private static void openMail(Page page, String recipient) {
        row(page, recipient).click();
        assertThat(page.locator("#reader dl")).containsText(recipient);
    }

    private static FrameLocator mail(Page page) {
        return page.frameLocator("#view iframe");
    }

    private static Page clickInMail(Page page, String outcome) {
        return page.waitForPopup(() -> mail(page)
                .getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName(outcome))
                .click());
    }

    private static void goBackIntoTheFlow(Page answered) {
        assertThat(answered.locator("form")).hasCount(0);
        // the way back is known when Flow has been called back
        Locator wayBack = answered.locator("a[href*='/play/']");
        World.patiently().until(() -> {
            answered.reload();
            return wayBack.count() == 1;
        });
        wayBack.click();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
