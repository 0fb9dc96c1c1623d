package dev.flowmail.simulator.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.ServiceRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The situations of docs/operators.md, found in the real Temporal UI by the filter that stands there and mended by its click or
 * command. It takes the page's pictures, too, when {@code -Dflowmail.pictures} names their directory.
 */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsUiIT {
    private static final Path PAGE = Path.of("..", "docs", "operators.md");
    /** Tall enough that the UI draws the whole of a failure. */
    private static final int WIDTH = 1300;

    /** Of the UI's menu, which pictures leave out. */
    private static final int MENU = 256;

    private static final int HEADER = 56;

    private static final String LONG_AGO = "2027-01-01T00:00:00Z";
    private static final String FAR_AWAY = "2100-01-01T00:00:00Z";

    private final Browser browser = new Browser();
    private final RefusingMailServer refusing = new RefusingMailServer();
    private final World world;
    private final Operator operator;
    private final Page ui;

    OperatorsUiIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
        this.ui = browser.window(WIDTH, 1700, ColorScheme.LIGHT).newPage();
    }

    @AfterAll
    void close() {
        browser.close();
        refusing.close();
    }

    @Test
    void aRefusedMailIsFoundAndSaysWhatTheServerSaid() throws IOException {
        Flow flow = world.engine.send(world.flowmail().connector(), refused(Action.SIMPLE, world.person("nobody")));

        Locator row = activityFound("ExecutionStatus = \"Failed\"", flow);
        row.click();

        awaitText("No such user here");
        picture("operators-mail-refused", 540);
    }

    @Test
    void aRequestThatIsStuckSaysWhy() throws IOException {
        Flow flow = world.ask(refused(Action.DECISION, world.person("busy")));
        String id = found(documented("FlowmailStatus = \"Sending\" AND .*").replace(LONG_AGO, FAR_AWAY), flow);

        open(id, "pending-activities");
        awaitText("Try again later");

        assertDone(operator.update(id, "withdraw", "{\"reason\":\"wrong server\"}"));
        world.lateAnswer(flow);
    }

    @Test
    void aWrongPasswordIsFoundByItsFailure() throws IOException {
        Flow flow = world.ask(refused(Action.DECISION, world.person("anna"))
                .configuration("Username", "flow")
                .configuration("Password", "wrong"));

        String id = found(documented("FlowmailStatus = \"MailFailed\""), flow);

        open(id, "user-metadata");
        awaitText("did not accept Username and Password");
        assertThat(world.lateAnswer(flow).json().path("rootFaults").propertyNames())
                .containsExactly("MailFailed");
    }

    @Test
    void anAnswerThatWaitsForFlowIsFoundAndSentAtOnce() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        world.engine.refuseCallbacks(503, Integer.MAX_VALUE);
        String id;
        String activity;
        try {
            world.decide(anna, "Approve");
            id = found(documented("FlowmailStatus IN \\(\"Decided\".*"), flow);
            open(id, "pending-activities");
            awaitText("answered 503");
            picture("operators-flow-down", 640);
            activity = pendingActivity(id);
            // else the next attempt may be made before the reset, which then finds nothing to reset
            assertDone(operator.run("activity", "pause", "-w", id, "--activity-id", activity));
        } finally {
            world.engine.recover();
        }

        assertDone(operator.run("activity", "reset", "-w", id, "--activity-id", activity));

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void anAnswerThatFlowRefusedIsFoundAndRetried() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        world.engine.refuseCallbacks(400, Integer.MAX_VALUE);
        String id;
        try {
            world.decide(anna, "Approve");
            id = found(documented("FlowmailStatus = \"CallbackFailed\" AND ExecutionStatus = .*"), flow);
            picture("operators-callback-refused", 330);
            open(id, "user-metadata");
            awaitText("refused the answer");
        } finally {
            world.engine.recover();
        }

        assertDone(operator.update(id, "retryCallback", "{\"reason\":\"Flow is back\"}"));

        world.lateAnswer(flow);
    }

    @Test
    void aWrongRecipientIsFoundByTheirFlowAndReplaced() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        String carla = world.person("carla");
        Flow flow = world.ask(
                world.question(anna, ben).text("Answers Needed", "all").text("Remind Every", "1 day"));
        world.mailTo(ben);
        world.decide(anna, "Approve");
        String id = found("FlowmailState = \"" + flow.stateId() + "\"", flow);

        open(id, "user-metadata");
        awaitText("Waiting: 1 of 2 answered");
        awaitText(ben);
        picture("operators-details", 680);
        assertDone(operator.update(id, "reassign", "{\"from\":\"" + ben + "\",\"to\":\"" + carla + "\"}"));

        ui.reload();
        awaitText(carla);
        world.decide(carla, "Approve");
        world.lateAnswer(flow);
    }

    @Test
    void aClickWithdraws() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        String id = found("FlowmailState = \"" + flow.stateId() + "\"", flow);

        open(id, "user-metadata");
        ui.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Request Cancellation"))
                .click();
        Locator confirm = ui.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"));
        assertThat(confirm).isVisible();
        picture("operators-withdraw", 1150);
        confirm.click();

        assertThat(world.lateAnswer(flow).json().path("rootFaults").propertyNames())
                .containsExactly("Withdrawn");
        assertThat(world.open(anna, "Approve").status()).isEqualTo(410);
    }

    @Test
    void whatEndsSoonIsFoundAndExtended() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Timeout", "1 hour"));
        world.mailTo(anna);
        String filter = documented("ExecutionStatus = \"Running\" AND FlowmailStatus = .*");
        String id = found(filter, flow);

        assertDone(operator.update(id, "extend", "{\"timeout\":\"100 days\"}"));

        World.patiently()
                .until(() -> !operator.run("workflow", "list", "--query", filter)
                        .output()
                        .contains(id));
        assertDone(operator.update(id, "withdraw", "{}"));
        world.lateAnswer(flow);
    }

    @Test
    void aRequestThatWasTerminatedByMistakeIsFoundAndTakenUpAgain() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        String id = found("FlowmailState = \"" + flow.stateId() + "\"", flow);
        assertDone(operator.run("workflow", "terminate", "-w", id, "--reason", "by mistake"));

        assertThat(found(documented("FlowmailStatus = \"Waiting\" AND ExecutionStatus = \"Terminated\""), flow))
                .isEqualTo(id);
        assertDone(operator.run(
                "workflow", "reset", "-w", id, "--type", "LastWorkflowTask", "--reason", "terminated by mistake"));

        world.decide(anna, "Approve");
        world.lateAnswer(flow);
    }

    @Test
    void theFilterForWorkflowsWhoseCodeFailsIsOne() throws IOException {
        assertDone(operator.run("workflow", "list", "--query", documented("TemporalReportedProblems IN .*")));
    }

    private ServiceRequest refused(Action action, String recipient) {
        ServiceRequest request = action == Action.DECISION
                ? world.question(recipient)
                : world.engine
                        .request(action)
                        .from("flow@example.com", null)
                        .to(recipient)
                        .subject("Refused")
                        .body("Refused");
        return request.mailServer("127.0.0.1", refusing.port(), "plain");
    }

    /** Opens the UI's list with a filter, waits for a flow's request in it, and returns its id. */
    private String found(String filter, Flow flow) {
        String id = operator.decision(flow);
        World.patiently().until(() -> {
            ui.navigate(world.flowmail().temporalUi() + "/namespaces/default/workflows?query="
                    + URLEncoder.encode(filter, UTF_8));
            ui.getByText("Refresh").first().waitFor();
            return appears(ui.getByText(id).first());
        });
        return id;
    }

    private Locator activityFound(String filter, Flow flow) {
        String query = filter + " AND FlowmailState = \"" + flow.stateId() + "\"";
        World.patiently().until(() -> {
            ui.navigate(world.flowmail().temporalUi() + "/namespaces/default/activities?query="
                    + URLEncoder.encode(query, UTF_8));
            return appears(ui.locator("a[href*='/send-']").first());
        });
        return ui.locator("a[href*='/send-']").first();
    }

    /** Details stand in a frame of their own. */
    private void awaitText(String text) {
        try {
            // a frame may be gone before it is asked
            World.patiently()
                    .ignoreExceptionsInstanceOf(PlaywrightException.class)
                    .until(() -> ui.frames().stream()
                            .anyMatch(frame -> frame.locator("body").innerText().contains(text)));
        } catch (ConditionTimeoutException missing) {
            Browser.keep(ui, "operators-misses-" + text.replaceAll("\\W+", "-"), true);
            throw missing;
        }
    }

    private static boolean appears(Locator locator) {
        try {
            locator.waitFor(new Locator.WaitForOptions().setTimeout(3_000));
            return true;
        } catch (TimeoutError notYet) {
            return false;
        }
    }

    private void open(String id, String tab) {
        String run = JsonMapper.shared()
                .readTree(operator.run("workflow", "describe", "-w", id, "--output", "json")
                        .output())
                .path("workflowExecutionInfo")
                .path("execution")
                .path("runId")
                .asString("");
        ui.navigate(world.flowmail().temporalUi() + "/namespaces/default/workflows/" + id + "/" + run + "/" + tab);
    }

    private String pendingActivity(String id) {
        JsonNode description = JsonMapper.shared()
                .readTree(operator.run("workflow", "describe", "-w", id, "--output", "json")
                        .output());
        return description.path("pendingActivities").path(0).path("activityId").asString("");
    }

    /** A filter as it stands on the page. */
    private static String documented(String pattern) throws IOException {
        Optional<String> code = Pattern.compile("(?m)(?:^    |`)(" + pattern + "?)(?:`|$)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .findFirst();
        return code.orElseThrow(() -> new AssertionError("The page has no filter " + pattern));
    }

    private void picture(String name, int height) {
        Browser.keep(ui, name, false);
        String directory = System.getProperty("flowmail.pictures");
        if (directory != null) {
            ui.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + ".png"))
                    .setClip(MENU, HEADER, WIDTH - MENU, height));
        }
    }

    private static void assertDone(Operator.Said said) {
        assertThat(said.status()).as(said.output()).isZero();
    }
}
