package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.flowmail.simulator.engine.Flow;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demo as a person plays it, in a real browser. */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {
    private final Browser browser = new Browser();
    private final World world;

    DemoIT(World world) {
        this.world = world;
    }

    @BeforeAll
    static void waitPatiently() {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) World.PATIENCE.toMillis());
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @Test
    void aFlowsOwnMailOpensWhenItIsStartedAndTheButtonIsInSight() {
        Page page = open(1280, 720, ColorScheme.LIGHT);
        for (String subject : List.of(unique("First"), unique("Second"))) {
            page.getByLabel("Subject").fill(subject);
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
        choose(page, "Approve a purchase");
        page.getByLabel("To one address per line").fill(anna);
        page.getByLabel("Subject").fill(subject);
        start(page);

        Locator flow = flow(page, subject);
        assertThat(flow.locator("[aria-current=step]")).containsText("Waiting");
        openMail(page, anna);
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
        browser.assertPeace(confirm);
    }

    @Test
    void theRecipientComesBackIntoTheFlowOnItsPath() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String anna = world.person("anna");
        choose(page, "Approve a purchase");
        page.getByLabel("To one address per line").fill(anna);
        start(page);
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
        choose(page, "Sending a simple email");
        page.getByLabel("Subject").fill(subject);
        start(page);
        Locator flow = flow(page, subject);
        assertThat(flow.locator(".steps")).containsText("Continued at once");
        assertThat(flow.locator(".step")).hasText("The email was sent.");

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
        choose(page, "Sending email attachments");
        page.getByLabel("To one address per line").fill(anna);
        start(page);

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
        choose(page, "Sending an email with a decision request");
        page.getByLabel("To one address per line").fill(anna);
        page.getByLabel("Subject").fill(subject);
        start(page);
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
        choose(page, "Sending an email with a decision request");
        page.getByLabel("To one address per line").fill(world.person("anna"));
        page.getByLabel("Subject").fill(subject);
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
        choose(page, "Two of three");
        page.getByLabel("Subject").fill(subject);
        start(page);
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
    void whatFlowmailRefusesIsSaid() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String subject = unique("Nobody can answer so often");
        choose(page, "Two of three");
        page.getByLabel("Subject").fill(subject);
        page.getByText("More inputs").click();
        page.getByLabel("Answers needed").fill("7");
        page.getByText("More inputs").click();
        start(page);

        assertThat(flow(page, subject).locator(".problem")).containsText("Answers Needed");
        assertThat(flow(page, subject).locator(".steps")).hasText("Refused");
        assertThat(flow(page, subject).getByText("in Temporal")).isHidden();
        assertThat(page.locator("label + .field-problem")).containsText("Answers Needed");
        assertThat(page.getByLabel("Answers needed")).isFocused();
        browser.assertPeace(page);
    }

    @Test
    void aMailRunsNoScriptAndLoadsNothing() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        String anna = world.person("anna");
        choose(page, "Sending a simple email");
        page.getByLabel("To one address per line").fill(anna);
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
        choose(page, "Approve a purchase");
        page.getByLabel("To one address per line").fill(anna);
        page.getByLabel("Subject").fill(subject);
        Browser.keep(page, "narrow-dark-start", false);
        start(page);
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
        flow.scrollIntoViewIfNeeded();
        Browser.keep(page, "narrow-dark-continued", false);
        browser.assertPeace(page);
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = open(1280, 900, ColorScheme.DARK);
        String subject = unique("Without a mouse");
        String anna = world.person("anna");
        page.getByLabel("To one address per line").fill(anna);
        page.getByLabel("Subject").fill(subject);
        page.getByLabel("Subject").press("Enter");
        Locator row = row(page, anna);
        assertThat(page.locator("#inbox .row[tabindex='0']")).hasCount(1);
        row.press("Enter");
        assertThat(page.locator("#reader h3")).hasText(subject);
        assertThat(page.locator("#reader h3")).isFocused();

        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Mail"))
                .press("ArrowRight");

        assertThat(page.locator("#view")).containsText("/decide/");
        assertThat(page.locator("[role=tab][aria-selected=true]")).isFocused();
        Browser.keep(page, "wide-dark-text", false);
        browser.assertPeace(page);
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

    private static void choose(Page page, String example) {
        page.locator("#presets").getByRole(AriaRole.BUTTON, named(example)).click();
    }

    private static void start(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the flow"))
                .click();
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
