package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The situations of docs/operators.md, found in the real Temporal UI by the filter that stands there and fixed by its click or
 * command. It takes the page's pictures, too, when {@code -Dflowmail.pictures} names their directory.
 */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsUiIT {
    private static final Path PAGE = Path.of("..", "docs", "operators.md");
    private static final String LONG_AGO = "2027-01-01T00:00:00Z";
    private static final String FAR_AWAY = "2100-01-01T00:00:00Z";

    private final Browser browser = new Browser();
    private final RefusingMailServer refusing = new RefusingMailServer();
    private final World world;
    private final Operator operator;
    private final WebUi ui;

    OperatorsUiIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
        this.ui = new WebUi(browser, world.flowmail());
    }

    @AfterAll
    void close() {
        browser.close();
        refusing.close();
    }

    @Test
    void aRefusedMailIsFoundAndSaysWhatTheServerSaid() throws IOException {
        Flow flow = world.engine.send(world.flowmail().connector(), refused(Action.SIMPLE, world.person("nobody")));

        ui.activityFound("ExecutionStatus = \"Failed\"", flow).click();

        ui.awaitText("No such user here");
        ui.picture("operators-mail-refused", 540);
    }

    @Test
    void aRequestThatIsStuckSaysWhy() throws IOException {
        Flow flow = world.ask(refused(Action.DECISION, world.person("busy")));
        String id = ui.found(documented("FlowmailStatus = \"Sending\" AND .*").replace(LONG_AGO, FAR_AWAY), flow);

        ui.open(id, "pending-activities");
        ui.awaitText("Try again later");

        assertDone(operator.update(id, "withdraw", "{\"reason\":\"wrong server\"}"));
        world.lateAnswer(flow);
    }

    @Test
    void aWrongPasswordIsFoundByItsFailure() throws IOException {
        Flow flow = world.ask(refused(Action.DECISION, world.person("anna"))
                .configuration("Username", "flow")
                .configuration("Password", "wrong"));

        String id = ui.found(documented("FlowmailStatus = \"MailFailed\""), flow);

        ui.open(id, "user-metadata");
        ui.awaitText("did not accept Username and Password");
        assertThat(world.lateAnswer(flow).json().path("rootFaults").propertyNames())
                .containsExactly("MailFailed");
    }

    @Test
    void anAnswerThatWaitsForFlowIsFoundAndSentAtOnce() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        world.engine.behaviour().refuseCallbacks(503, Integer.MAX_VALUE);
        try {
            world.decide(anna, "Approve");
            ui.open(ui.found(documented("FlowmailStatus IN \\(\"Decided\".*"), flow), "pending-activities");
            ui.awaitText("answered 503");
            ui.picture("operators-flow-down", 640);
            // else the next attempt may be made before the reset, which then finds nothing to reset
            ui.click("Pause");
            ui.confirm("Pause");
        } finally {
            world.engine.behaviour().recover();
        }

        ui.click("Reset");
        ui.confirm("Reset");

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void anAnswerThatFlowRefusedIsFoundAndRetried() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        world.engine.behaviour().refuseCallbacks(400, Integer.MAX_VALUE);
        String id;
        try {
            world.decide(anna, "Approve");
            id = ui.found(documented("FlowmailStatus = \"CallbackFailed\" AND ExecutionStatus = .*"), flow);
            ui.picture("operators-callback-refused", 330);
            ui.open(id, "user-metadata");
            ui.awaitText("refused the answer");
        } finally {
            world.engine.behaviour().recover();
        }

        ui.fillUpdate("retryCallback", "{\"reason\":\"Flow is back\"}");
        ui.confirm("Submit");

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
        String id = ui.found("FlowmailState = \"" + flow.stateId() + "\"", flow);

        assertThat(Files.readString(PAGE))
                .contains("*Configure Columns*", "*Add FlowmailStatus column*", "*Add FlowmailDeadline column*");
        ui.addColumns("FlowmailStatus", "FlowmailDeadline");
        PlaywrightAssertions.assertThat(ui.row(id)).containsText("Waiting");
        ui.open(id, "user-metadata");
        ui.awaitText("Purchase order 4711, asked by Purchasing flow");
        ui.awaitText("Waiting: 1 of 2 answered");
        ui.awaitText("2 of 2 must agree");
        ui.awaitText(ben);
        ui.picture("operators-details", 860);
        ui.fillUpdate("reassign", "{\"from\":\"" + ben + "\",\"to\":\"" + carla + "\"}");
        ui.pictureOfDialog("operators-reassign");
        ui.confirm("Submit");

        ui.reload();
        ui.awaitText(carla);
        world.decide(carla, "Approve");
        world.lateAnswer(flow);
    }

    @Test
    void aClickWithdraws() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        String id = ui.found("FlowmailState = \"" + flow.stateId() + "\"", flow);

        ui.open(id, "user-metadata");
        ui.click("Request Cancellation");
        ui.pictureOfDialog("operators-withdraw");
        ui.confirm("Confirm");

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
        String id = ui.found(filter, flow);

        ui.open(id, "user-metadata");
        ui.fillUpdate("extend", "{\"timeout\":\"120 days\"}");
        ui.submitRefused("A request ends at latest 119 days after it was accepted.");
        ui.fillUpdate("extend", "{\"timeout\":\"100 days\"}");
        ui.confirm("Submit");

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
        String id = ui.found("FlowmailState = \"" + flow.stateId() + "\"", flow);
        assertDone(operator.run("workflow", "terminate", "-w", id, "--reason", "by mistake"));

        assertThat(ui.found(documented("FlowmailStatus = \"Waiting\" AND ExecutionStatus = \"Terminated\""), flow))
                .isEqualTo(id);
        ui.open(id, "user-metadata");
        ui.resetToTheLastEvent();

        world.decide(anna, "Approve");
        world.lateAnswer(flow);
    }

    @Test
    void aRequestWhoseCodeFailsIsFoundAndGoesOnWithTheReleaseBefore() throws IOException {
        String anna = world.person("anna");
        try (FlowmailProcess before = new FlowmailProcess("before", world.directory("before")).start()) {
            Flow flow = world.ask(before.connector(), world.question(anna));
            world.mailTo(anna);
            WebUi its = new WebUi(browser, before, before.unguardedTemporalUi());
            String id = new Operator(before).decision(flow);
            // its Temporal stays
            before.kill();

            try (BrokenRelease broken = new BrokenRelease(before.temporalAddress())) {
                broken.start();
                its.open(id, "user-metadata");
                its.click("Request Cancellation");
                its.confirm("Confirm");
                its.open(id, "history");
                its.awaitText("Workflow Task Failed");
                // after five failures, the pauses between which grow
                its.found(documented("TemporalReportedProblems IN .*"), flow);
            }
            before.start();

            assertThat(world.lateAnswer(flow).json().path("rootFaults").propertyNames())
                    .containsExactly("Withdrawn");
        }
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

    /** A filter as it stands on the page. */
    private static String documented(String pattern) throws IOException {
        Optional<String> code = Pattern.compile("(?m)(?:^    |`)(" + pattern + "?)(?:`|$)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .findFirst();
        return code.orElseThrow(() -> new AssertionError("The page has no filter " + pattern));
    }

    private static void assertDone(Operator.Said said) {
        assertThat(said.status()).as(said.output()).isZero();
    }
}
