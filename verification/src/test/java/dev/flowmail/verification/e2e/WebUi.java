package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.URLEncoder;
import org.awaitility.core.ConditionTimeoutException;

/** Temporal's Web UI in a browser, with the clicks that docs/operators.md names. */
final class WebUi {
    /** Tall enough that the UI draws the whole of a failure. */
    private static final int WIDTH = 1300;

    /** Of the UI's menu, which pictures leave out. */
    private static final int MENU = 256;

    private static final int HEADER = 56;

    private final String address;
    private final Operator operator;
    private final Page page;

    /** Of a Flowmail's embedded Temporal. */
    WebUi(Browser browser, FlowmailProcess flowmail) {
        this(browser, flowmail, flowmail.temporalUi().toString());
    }

    WebUi(Browser browser, FlowmailProcess flowmail, String address) {
        this.address = address;
        this.operator = new Operator(flowmail);
        this.page = browser.window(WIDTH, 1700, ColorScheme.LIGHT).newPage();
    }

    /** Opens the list with a filter, waits for a flow's request in it, and returns its id. */
    String found(String filter, Flow flow) {
        String id = operator.decision(flow);
        World.patiently().until(() -> {
            page.navigate(address + "/namespaces/default/workflows?query=" + URLEncoder.encode(filter, UTF_8));
            page.getByText("Refresh").first().waitFor();
            return appears(page.getByText(id).first());
        });
        return id;
    }

    /** <i>Configure Columns</i>: adds search attributes to the list, which keeps them. */
    void addColumns(String... attributes) {
        click("Configure Columns");
        for (String attribute : attributes) {
            click("Add " + attribute + " column");
            click("Move " + attribute + " column up");
        }
        click("Close Workflows Table configuration");
        page.reload();
    }

    /** The row of a request in the list. */
    Locator row(String id) {
        return seen(page.locator("tbody tr", new Page.LocatorOptions().setHasText(id)));
    }

    /** Opens the list of plain sends with a filter and waits for one of a flow. */
    Locator activityFound(String filter, Flow flow) {
        String query = filter + " AND FlowmailState = \"" + flow.stateId() + "\"";
        Locator first = page.locator("a[href*='/send-']").first();
        World.patiently().until(() -> {
            page.navigate(address + "/namespaces/default/activities?query=" + URLEncoder.encode(query, UTF_8));
            return appears(first);
        });
        return first;
    }

    /** Opens a tab of a request's latest run. */
    void open(String id, String tab) {
        String run = operator.description(id)
                .path("workflowExecutionInfo")
                .path("execution")
                .path("runId")
                .asString("");
        page.navigate(address + "/namespaces/default/workflows/" + id + "/" + run + "/" + tab);
    }

    void reload() {
        page.reload();
    }

    /** Details stand in a frame of their own. */
    void awaitText(String text) {
        try {
            // a frame may be gone before it is asked
            World.patiently()
                    .ignoreExceptionsInstanceOf(PlaywrightException.class)
                    .until(() -> page.frames().stream()
                            .anyMatch(frame -> frame.locator("body").innerText().contains(text)));
        } catch (ConditionTimeoutException missing) {
            Browser.keep(page, "operators-misses-" + text.replaceAll("\\W+", "-"), true);
            throw missing;
        }
    }

    /** Clicks one of the page's buttons. */
    void click(String button) {
        seen(page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true)))
                .click();
    }

    /** Clicks one of the buttons of the dialog that is open, which it closes. */
    void confirm(String button) {
        click(dialog(), button);
        assertThat(dialog()).hasCount(0);
    }

    /** <i>More Actions</i>, <i>Send an Update</i>, its name and its data. */
    void fillUpdate(String name, String data) {
        click("More Actions");
        seen(page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Send an Update")))
                .click();
        Locator dialog = dialog();
        dialog.getByTestId("update-select-button").click();
        dialog.getByRole(
                        AriaRole.OPTION,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
        Locator editor = dialog.locator("[contenteditable]");
        editor.fill(data);
        // leaving the editor lays the JSON out, which moves the button
        dialog.locator("#update-id").click();
        assertThat(editor).containsText("\n");
    }

    /** Sends a filled update that is refused, with what is said of it. */
    void submitRefused(String sentence) {
        click(dialog(), "Submit");
        assertThat(dialog()).containsText(sentence);
        confirm("Cancel");
    }

    /** The button <i>Reset</i> of a run that has ended, to the last of the events it offers. */
    void resetToTheLastEvent() {
        click("Reset");
        Locator dialog = dialog();
        dialog.getByTestId("workflow-reset-event-id-select-button").click();
        dialog.getByRole(AriaRole.OPTION).last().click();
        confirm("Confirm");
    }

    /** The cross in a dialog's corner is called Cancel, too. */
    private static void click(Locator dialog, String button) {
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .last()
                .click();
    }

    private Locator dialog() {
        return seen(page.getByRole(AriaRole.DIALOG));
    }

    /** The UI keeps copies for narrow windows, and dialogs that are not open. */
    private static Locator seen(Locator locator) {
        return locator.filter(new Locator.FilterOptions().setVisible(true));
    }

    private static boolean appears(Locator locator) {
        try {
            locator.waitFor(new Locator.WaitForOptions().setTimeout(3_000));
            return true;
        } catch (TimeoutError notYet) {
            return false;
        }
    }

    /** Keeps what is seen, and as a picture of the documentation when {@code -Dflowmail.pictures} names its directory. */
    void picture(String name, int height) {
        Browser.keep(page, name, false);
        Browser.ofDocumentation(name)
                .ifPresent(path -> page.screenshot(
                        new Page.ScreenshotOptions().setPath(path).setClip(MENU, HEADER, WIDTH - MENU, height)));
    }

    /** The same of the dialog that is open. */
    void pictureOfDialog(String name) {
        Browser.keep(page, name, false);
        Browser.ofDocumentation(name)
                .ifPresent(path -> dialog().screenshot(new Locator.ScreenshotOptions().setPath(path)));
    }
}
