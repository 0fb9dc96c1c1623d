package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.e2e.Operator.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of docs/operators.md, as they stand there, with another id and other people. */
@ExtendWith(EndToEnd.class)
class OperatorsIT {
    private static final Path PAGE = Path.of("..", "docs", "operators.md");

    private static final Pattern DATA = Pattern.compile("\"data\": \"([^\"]*)\"");

    private final World world;
    private final Operator operator;

    OperatorsIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @Test
    void withdrawEndsTheRequest() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        Page open = world.open(anna, "Approve");

        assertDone(update(flow, "withdraw"));

        assertThat(world.lateAnswer(flow).json().path("rootFaults").propertyNames())
                .containsExactly("Withdrawn");
        assertThat(world.recipient.submit(open).status()).isEqualTo(410);
        assertThat(world.open(anna, "Approve").text()).contains("This request was withdrawn");
        assertThat(update(flow, "withdraw").status()).isNotZero();
    }

    @Test
    void extendMovesTheDeadline() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Timeout", "1 hour"));
        world.mailTo(anna);
        String before = world.open(anna, "Approve").document().select("time").attr("datetime");

        assertDone(update(flow, "extend"));

        assertThat(world.open(anna, "Approve").document().select("time").attr("datetime"))
                .isGreaterThan(before);
        Said refused = operator.update(operator.decision(flow), "extend", "{\"timeout\":\"120 days\"}");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("A request ends at latest 119 days after it was accepted.");
    }

    @Test
    void releaseTellsFlowOfWhatIsHeld() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna).text("Hold", "1 hour"));
        world.mailTo(anna);
        assertThat(update(flow, "release").output()).contains("Nothing is held");
        world.decide(anna, "Approve");
        assertThat(world.callbacks(flow)).isEmpty();

        assertDone(update(flow, "release"));

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void reassignKillsTheOldLinkAndMailsTheNewPerson() throws IOException {
        String anna = world.person("anna");
        String carla = world.person("carla");
        Flow flow = world.ask(world.question(anna));
        Page old = world.open(anna, "Approve");

        assertDone(update(flow, "reassign", "anna@example.com", anna, "carla@example.com", carla));

        Page gone = world.recipient.submit(old);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.text())
                .contains("This request is now with somebody else")
                .doesNotContain(carla);
        world.decide(carla, "Reject");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).decidedBy()).contains(carla);
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    @Test
    void whoAsksIsNeverOneOfThoseWhoDecide() {
        String anna = world.person("anna");
        String boss = world.person("boss");
        String written = "The Boss <" + boss.toUpperCase(Locale.ROOT) + ">";
        Flow refused = world.engine.send(
                world.flowmail().connector(), world.question(anna, boss).text("Requester", written));
        assertThat(refused.answered().status()).isEqualTo(400);
        assertThat(refused.problem()).contains("Requester", "To").doesNotContain(boss);
        Flow flow = world.ask(world.question(anna).text("Requester", written));
        world.mailTo(anna);

        Said said = operator.update(
                operator.decision(flow), "reassign", "{\"from\":\"" + anna + "\",\"to\":\"" + boss + "\"}");

        assertThat(said.status()).isNotZero();
        assertThat(said.output()).contains("requester").doesNotContain(boss);
        assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);
        world.lateAnswer(flow);
        assertThat(world.inbox.mailsTo(boss)).isEmpty();
    }

    @Test
    void resendMailsTheQuestionAgainAndOldLinksWork() throws IOException {
        String anna = world.person("anna");
        String carla = world.person("carla");
        Flow flow = world.ask(world.question(anna, carla));
        world.mailTo(anna);
        world.mailTo(carla);

        for (String input : documented("resend")) {
            assertDone(operator.update(operator.decision(flow), "resend", input.replace("carla@example.com", carla)));
        }

        World.patiently().until(() -> world.inbox.mailsTo(carla).size() == 3);
        World.patiently().until(() -> world.inbox.mailsTo(anna).size() == 2);
        assertThat(world.decide(carla, "Approve").status()).isEqualTo(200);
        world.lateAnswer(flow);
    }

    @Test
    void retryCallbackTellsFlowAgain() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        // a first try that took longer than Flowmail waits for it is made again at once
        world.engine.behaviour().refuseCallbacks(400, Integer.MAX_VALUE);
        world.decide(anna, "Approve");
        String decision = operator.decision(flow);
        World.patiently()
                .until(() ->
                        operator.state(decision).path("callback").asString("").equals("FAILED"));

        world.engine.behaviour().recover();
        assertDone(update(flow, "retryCallback"));

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(world.callbacks(flow))
                .hasSizeGreaterThan(1)
                .extracting(callback -> callback.output("Receipt"))
                .containsOnly(world.receipt(flow).jws());
    }

    @Test
    void aResetActivityTellsFlowAtOnce() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.engine.behaviour().refuseCallbacks(503, Integer.MAX_VALUE);
        world.decide(anna, "Approve");
        String id = operator.decision(flow);
        String activity = World.patiently().until(() -> pendingActivity(id), waiting -> !waiting.isEmpty());
        // else the next attempt may be made before the reset, which then finds nothing to reset
        assertDone(operator.run("activity", "pause", "-w", id, "--activity-id", activity));
        world.engine.behaviour().recover();

        assertDone(operator.run("activity", "reset", "-w", id, "--activity-id", activity));

        world.lateAnswer(flow);
    }

    private String pendingActivity(String id) {
        return operator.description(id)
                .path("pendingActivities")
                .path(0)
                .path("activityId")
                .asString("");
    }

    @Test
    void whatWasTypedIsNotReadableInTheHistory() throws IOException {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        assertDone(update(flow, "resend", "carla@example.com", anna));
        assertDone(update(flow, "extend"));

        String stored = Files.readString(world.flowmail().dataDirectory().resolve("temporal.db"), ISO_8859_1);

        assertThat(stored.contains("holidays")).isFalse();
        String history = operator.run("workflow", "show", "-w", operator.decision(flow), "--output", "json")
                .output();
        assertThat(DATA.matcher(history)
                        .results()
                        .map(data -> new String(Base64.getDecoder().decode(data.group(1)), ISO_8859_1)))
                .anyMatch(data -> data.contains("\"reason\":\"holidays\""));
    }

    private Said update(Flow flow, String name, String... replacements) throws IOException {
        String input = documented(name).get(0);
        for (int at = 0; at < replacements.length; at += 2) {
            input = input.replace(replacements[at], replacements[at + 1]);
        }
        return operator.update(operator.decision(flow), name, input);
    }

    /** The inputs with which the page shows an update, in its order. */
    private static List<String> documented(String update) throws IOException {
        Matcher commands = Pattern.compile("update execute -w ID --name " + update + " +--input '(.*)'")
                .matcher(Files.readString(PAGE));
        List<String> inputs =
                commands.results().map(command -> command.group(1)).toList();
        assertThat(inputs).as("commands for %s", update).isNotEmpty();
        return inputs;
    }

    private static void assertDone(Said said) {
        assertThat(said.status()).as(said.output()).isZero();
    }
}
