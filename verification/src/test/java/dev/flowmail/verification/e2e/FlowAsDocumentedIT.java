package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Ports;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.FilePart;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** Flow as Boomi documents it: what its engine says, what its elements send, and what its own connectors hand out. */
@ExtendWith(EndToEnd.class)
class FlowAsDocumentedIT {
    private final World world;
    private final Operator operator;

    FlowAsDocumentedIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @AfterEach
    void recover() {
        world.engine.behaviour().recover();
    }

    @Test
    void aBusyFlowIsToldTheSameAgain() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.engine.behaviour().reply("BUSY", "BUSY");

        world.decide(anna, "Approve");
        world.lateAnswer(flow);

        assertThat(world.callbacks(flow))
                .extracting(Callback::said)
                .containsExactly("\"BUSY\"", "\"BUSY\"", "\"SUCCESS\"");
        assertThat(world.callbacks(flow))
                .extracting(Callback::body)
                .containsOnly(world.callbacks(flow).get(0).body());
    }

    @Test
    void anAnswerAfterWhichFlowWaitsOnIsTakenOnce() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String id = operator.decision(flow);
        world.engine.behaviour().reply("WAIT");

        world.decide(anna, "Approve");
        operator.awaitEnd(id);

        assertThat(world.callbacks(flow)).extracting(Callback::said).containsExactly("\"WAIT\"");
    }

    @Test
    void anAnswerThatIsNotAllowedStaysOpenForAnOperator() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String id = operator.decision(flow);
        world.engine.behaviour().reply("NOT_ALLOWED");

        world.decide(anna, "Approve");
        awaitCallback(id, "FAILED");
        assertThat(operator.update(id, "retryCallback", "{}").status()).isZero();

        assertThat(world.lateAnswer(flow).said()).isEqualTo("\"SUCCESS\"");
    }

    @Test
    void theElementsOutcomeForFaultsIsNoButton() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna)
                .pageAction("Approve", "Save")
                .pageAction("Reject", "DELETE")
                .faultOutcome());

        assertThat(world.mailTo(anna).htmlLinks())
                .extracting(DecisionLink::label)
                .contains("Approve", "Reject")
                .noneMatch(label -> label.contains("FAULT"));
        assertThat(world.open(anna, "Approve").text()).contains("Reject").doesNotContain("FAULT");
        world.decide(anna, "Reject");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
    }

    @Test
    void ofTwoActionsOfOneElementBothAskAndTheFirstAnswerMovesTheFlow() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        List<Flow> flows = world.engine.sendTogether(
                world.flowmail().connector(), List.of(world.question(anna), world.question(ben)));
        assertThat(flows).extracting(Flow::status).containsOnly(Flow.Status.WAITING);

        world.decide(ben, "Reject");
        world.lateAnswer(flows.get(1));
        assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);

        World.patiently().until(() -> !world.callbacks(flows.get(0)).isEmpty());
        operator.awaitEnd(operator.decision(flows.get(0)));
        assertThat(world.callbacks(flows.get(0))).extracting(Callback::said).containsExactly("\"TOKEN_COMPLETED\"");
    }

    @Test
    void anExpiredStateIsToldOnceAndAnOperatorSeesIt() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        String id = operator.decision(flow);
        world.engine.behaviour().expire(flow.stateId());

        assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);

        awaitCallback(id, "FAILED");
        assertThat(world.callbacks(flow)).extracting(Callback::status).containsExactly(404);
    }

    @Test
    void severalFilesOfOneUploadAreAttached() {
        byte[] offer = "an offer".getBytes(UTF_8);
        byte[] plan = "a plan".getBytes(UTF_8);
        Answer upload = world.engine.upload(
                world.flowmail().connector(),
                List.of(
                        FilePart.of("offer.pdf", MediaType.APPLICATION_PDF, offer),
                        FilePart.of("plan.txt", MediaType.TEXT_PLAIN, plan)));
        JsonNode files = upload.json().path("objectData");
        assertThat(files).hasSize(2);
        String anna = world.person("anna");

        world.ask(world.question(anna).attachments(files.get(0), files.get(1)));

        assertThat(world.mailTo(anna).attachments())
                .extracting(AttachedFile::name)
                .containsExactly("offer.pdf", "plan.txt");
    }

    @Test
    void aFileOfFlowsS3ConnectorArrivesThoughItsAddressExpiresBeforeTheMailServerIsBack() {
        byte[] content = "an order".getBytes(UTF_8);
        JsonNode file = world.s3.store("orders/2026", "order.txt", "text/plain", content, Duration.ofSeconds(5));
        URI download = URI.create(property(file, "Download Uri"));
        int smtpPort = Ports.free();
        String anna = world.person("anna");

        world.ask(world.question(anna).attachments(file).mailServer("127.0.0.1", smtpPort, "plain"));
        World.patiently().until(() -> world.recipient.open(download).status() == 403);

        try (Inbox inbox = new Inbox(smtpPort)) {
            World.patiently().until(() -> !inbox.mailsTo(anna).isEmpty());
            assertThat(inbox.mailsTo(anna).get(0).attachments())
                    .containsExactly(AttachedFile.of("order.txt", "text/plain", content));
        }
    }

    @Test
    void aPlainMailIsSentOnceThoughFlowsLogRepeatsIt() {
        String anna = world.person("anna");
        Flow flow = world.engine.begin(world.engine
                .request(Action.EMAIL)
                .from("flow@example.com", null)
                .to(anna)
                .subject("Once")
                .body("Once"));
        world.engine.repeat(world.flowmail().connector(), flow);
        world.mailTo(anna);
        world.engine.repeat(world.flowmail().connector(), flow);
        world.letAnotherMailPass(world.flowmail().connector());

        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    private void awaitCallback(String id, String status) {
        World.patiently()
                .ignoreExceptions()
                .until(() -> operator.state(id).path("callback").asString("").equals(status));
    }

    private static String property(JsonNode file, String name) {
        return file.path("properties")
                .valueStream()
                .filter(property -> property.path("developerName").asString("").equals(name))
                .map(property -> property.path("contentValue").asString(""))
                .findFirst()
                .orElseThrow();
    }
}
