package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cancel, terminate and reset with Temporal's own tools; the commands are those of docs/operators.md. */
@ExtendWith(EndToEnd.class)
class ForcedEndsIT {
    private static final String ENDED_BY_FORCE =
            "WorkflowType = \"DecisionWorkflow\" AND ExecutionStatus IN (\"Terminated\", \"Failed\", \"TimedOut\")";

    private final World world;
    private final Operator operator;

    ForcedEndsIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @Test
    void aCancelledRequestIsWithdrawnAndItsRunEndsCanceled() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        String id = idOf(flow);

        temporal("workflow", "cancel", "--workflow-id", id);

        Callback callback = world.lateAnswer(flow);
        assertThat(callback.json().path("rootFaults").propertyNames()).containsExactly("Withdrawn");
        assertThat(callback.json().path("selectedOutcomeId").isNull()).isTrue();
        World.patiently().untilAsserted(() -> assertThat(status(id)).contains("CANCELED"));
        assertThat(world.open(anna, "Approve").status()).isEqualTo(410);
    }

    @Test
    void aTerminatedRequestTellsFlowNothingUntilItIsFoundAndReset() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page page = world.open(anna, "Approve");
        String id = idOf(flow);

        temporal("workflow", "terminate", "--workflow-id", id, "--reason", "test");

        World.patiently()
                .untilAsserted(
                        () -> assertThat(world.recipient.open(page.address()).status())
                                .isEqualTo(410));
        assertThat(world.recipient.submit(page).status()).isEqualTo(410);
        World.patiently()
                .untilAsserted(() -> assertThat(temporal(
                                "workflow", "list", "--query", ENDED_BY_FORCE + " AND FlowmailStatus = \"Waiting\""))
                        .contains(id));
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.callbacks(flow)).isEmpty();

        reset(id);

        decideByTheOldLink(flow, anna, page);
    }

    @Test
    void aResetAfterTheMailsSendsNoneAgainAndOldLinksWork() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page page = world.open(anna, "Approve");

        reset(idOf(flow));

        decideByTheOldLink(flow, anna, page);
    }

    @Test
    void aResetWhileADecisionIsHeldChangesNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Hold", "1 hour"));
        Page older = world.open(anna, "Reject");
        String id = idOf(flow);
        world.decide(anna, "Approve");

        reset(id);

        Page asks = World.patiently()
                .until(
                        () -> world.recipient.submit(older),
                        page -> !page.document().select("[name=change]").isEmpty());
        assertThat(world.confirmed(() -> world.recipient.submit(asks, "Reject")).status())
                .isEqualTo(200);
        assertThat(world.callbacks(flow)).isEmpty();
        operator.update(id, "release", "{}");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    /** What a reset does by itself depends on which try Flow refused: the first is part of the task that is done again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunThatWasGivenUpWhileFlowRefusedTheAnswerIsFoundAndResetAndFlowIsTold(boolean wasFlowThereAtFirst) {
        world.engine.behaviour().refuseCallbacks(400, Integer.MAX_VALUE);
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        String id = idOf(flow);
        if (wasFlowThereAtFirst) {
            world.decide(anna, "Approve");
        } else {
            world.stopEngine();
            try {
                world.decide(anna, "Approve");
            } finally {
                world.startEngine();
            }
        }
        World.patiently()
                .untilAsserted(() -> assertThat(temporal(
                                "workflow",
                                "list",
                                "--query",
                                "FlowmailStatus = \"CallbackFailed\" AND ExecutionStatus = \"Running\""))
                        .contains(id));
        temporal("workflow", "cancel", "--workflow-id", id);
        World.patiently()
                .untilAsserted(() -> assertThat(temporal(
                                "workflow",
                                "list",
                                "--query",
                                "FlowmailStatus = \"CallbackFailed\" AND ExecutionStatus != \"Running\""))
                        .contains(id));
        world.engine.behaviour().recover();

        temporal(
                "workflow",
                "reset",
                "--workflow-id",
                id,
                "--event-id",
                lastTaskBeforeTheCancelRequest(id),
                "--reapply-exclude",
                "All",
                "--reason",
                "Flow takes it again");

        World.patiently().untilAsserted(() -> {
            if (world.engine.flow(flow.token()).lateAnswer().isEmpty()) {
                operator.update(id, "retryCallback", "{\"reason\":\"Flow takes it again\"}");
            }
            assertThat(world.engine.flow(flow.token()).lateAnswer()).isPresent();
        });
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    private String lastTaskBeforeTheCancelRequest(String id) {
        String found = "";
        for (JsonNode event : JsonMapper.shared()
                .readTree(temporal("workflow", "show", "--workflow-id", id, "--output", "json"))
                .path("events")) {
            if (event.path("eventType").asString().endsWith("WORKFLOW_EXECUTION_CANCEL_REQUESTED")) {
                return found;
            }
            if (event.path("eventType").asString().endsWith("WORKFLOW_TASK_COMPLETED")) {
                found = event.path("eventId").asString();
            }
        }
        throw new AssertionError("Nobody has cancelled " + id);
    }

    private void decideByTheOldLink(Flow flow, String anna, Page page) {
        World.patiently()
                .untilAsserted(() ->
                        assertThat(world.recipient.open(page.address()).asks()).isTrue());
        assertThat(world.confirmed(() -> world.recipient.submit(page)).status()).isEqualTo(200);
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.callbacks(flow)).hasSize(1);
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    private void reset(String id) {
        temporal("workflow", "reset", "--workflow-id", id, "--type", "LastWorkflowTask", "--reason", "test");
    }

    private String status(String id) {
        return temporal("workflow", "describe", "--workflow-id", id);
    }

    /** The only run for the flow's state that waits. */
    private String idOf(Flow flow) {
        String query = "FlowmailState = \"" + flow.stateId() + "\" AND FlowmailStatus = \"Waiting\"";
        List<String> ids = World.patiently()
                .until(() -> ids(temporal("workflow", "list", "--query", query)), found -> found.size() == 1);
        return ids.get(0);
    }

    private static List<String> ids(String listing) {
        return List.of(listing.split("\\s+")).stream()
                .filter(word -> word.startsWith("decision-"))
                .toList();
    }

    /** What the CLI says. */
    private String temporal(String... arguments) {
        Operator.Said said = operator.run(arguments);
        assertThat(said.status()).as(said.output()).isZero();
        return said.output();
    }
}
