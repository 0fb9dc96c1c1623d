package dev.flowmail.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.WebServer;
import dev.flowmail.simulator.Simulator;
import dev.flowmail.simulator.recipient.Recipient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;

/** The engine over HTTP, with a connector that answers WAIT to everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineControllerTest {
    private final WebServer waiting =
            new WebServer().on("/", exchange -> WebServer.answer(exchange, 200, "{\"invokeType\":\"WAIT\"}"));
    private final ConfigurableApplicationContext simulator;
    private final int port = Ports.free();
    private final FlowEngine engine;
    private final Connector self;

    EngineControllerTest() {
        simulator = new SpringApplicationBuilder(Simulator.class)
                .properties(Map.of("simulator.port", port, "simulator.smtp-port", Ports.free()))
                .run();
        engine = simulator.getBean(FlowEngine.class);
        self = new Connector(URI.create("http://127.0.0.1:" + port));
    }

    @AfterAll
    void stop() {
        simulator.close();
        waiting.close();
    }

    @AfterEach
    void recover() {
        engine.behaviour().recover();
    }

    @Test
    void aTokenIsGoodForOneAnswer() {
        Flow flow = ask();

        assertThat(callBack(flow, 0).body()).isEqualTo("\"SUCCESS\"");
        assertThat(callBack(flow, 1).body()).isEqualTo("\"TOKEN_COMPLETED\"");

        assertThat(engine.flow(flow.token()).status()).isEqualTo(Flow.Status.CONTINUED);
        assertThat(engine.flow(flow.token()).chosen()).contains("Approve");
        assertThat(engine.flow(flow.token()).decidedBy()).contains("anna@example.com");
        assertThat(engine.flow(flow.token()).callbacks())
                .extracting(callback -> callback.headers().getFirst(HttpHeaders.AUTHORIZATION))
                .containsOnly(flow.who().header());
    }

    @Test
    void aTokenThatNoFlowHasIsUnknown() {
        assertThat(self.post("api/run/1/response", "{\"token\":\"nobody's\"}", flowWho())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRefusedAnswerIsRecordedAndNotTaken() {
        Flow flow = ask();
        engine.behaviour().refuseCallbacks(500, 1);

        assertThat(callBack(flow, 0).status()).isEqualTo(500);
        assertThat(engine.flow(flow.token()).status()).isEqualTo(Flow.Status.WAITING);
        assertThat(callBack(flow, 0).body()).isEqualTo("\"SUCCESS\"");
        assertThat(engine.flow(flow.token()).callbacks())
                .extracting(Callback::status)
                .containsExactly(500, 200);
    }

    @Test
    void anAnswerThatFlowIsTooBusyForMovesNothing() {
        Flow flow = ask();
        engine.behaviour().reply("BUSY", "WAIT");

        assertThat(callBack(flow, 0).body()).isEqualTo("\"BUSY\"");
        assertThat(callBack(flow, 0).body()).isEqualTo("\"WAIT\"");
        assertThat(engine.flow(flow.token()).status()).isEqualTo(Flow.Status.WAITING);
        assertThat(callBack(flow, 0).body()).isEqualTo("\"SUCCESS\"");
    }

    @Test
    void actionsOfOneElementShareAStateAndTheFirstAnswerMovesIt() {
        List<Flow> flows = engine.sendTogether(waitingConnector(), List.of(decision(), decision()));

        assertThat(flows).extracting(Flow::stateId).containsOnly(flows.get(0).stateId());
        assertThat(callBack(flows.get(1), 0).body()).isEqualTo("\"SUCCESS\"");
        assertThat(callBack(flows.get(0), 0).body()).isEqualTo("\"TOKEN_COMPLETED\"");
    }

    @Test
    void anExpiredStateTakesNoAnswerAndLeadsNowhere() {
        Flow flow = ask();
        engine.behaviour().expire(flow.stateId());

        assertThat(callBack(flow, 0).status()).isEqualTo(404);
        assertThat(engine.joinPage(flow.tenantId(), flow.stateId())).isEmpty();
    }

    @Test
    void aHangingAnswerIsRefusedWhenTheEngineRecovers() {
        Flow flow = ask();
        engine.behaviour().hangOnCallbacks();
        CompletableFuture<Answer> hanging = CompletableFuture.supplyAsync(() -> callBack(flow, 0));
        await().until(engine.behaviour()::isHanging);

        assertThat(hanging).isNotDone();
        engine.behaviour().recover();

        assertThat(hanging.join().status()).isEqualTo(503);
        assertThat(engine.flow(flow.token()).status()).isEqualTo(Flow.Status.WAITING);
    }

    @Test
    void theJoinPageShowsHowTheFlowGoesOn() {
        Flow flow = ask();
        callBack(flow, 1);

        URI join = engine.joinPage(flow.tenantId(), flow.stateId()).orElseThrow();

        assertThat(new Recipient().open(join).text()).contains("Reject");
        engine.behaviour().knowJoinPages(false);
        assertThat(engine.joinPage(flow.tenantId(), flow.stateId())).isEmpty();
    }

    @Test
    void answersAndLooksForTheWayBackDoNotHoldEachOtherUp() {
        Flow flow = ask();
        List<CompletableFuture<Void>> both = List.of(
                CompletableFuture.runAsync(() -> repeat(() -> callBack(flow, 0), 500)),
                CompletableFuture.runAsync(
                        () -> repeat(() -> engine.joinPage(flow.tenantId(), flow.stateId()), 500_000)));

        await().atMost(Duration.ofMinutes(1)).until(() -> both.stream().allMatch(CompletableFuture::isDone));
    }

    private static void repeat(Runnable task, int times) {
        for (int time = 0; time < times; time++) {
            task.run();
        }
    }

    @Test
    void aFlowComesToTheStepBehindItsOutcome() {
        List<String> steps = List.of("This is approved.", "This is rejected.", "Nobody could be asked.");
        Flow rejected =
                engine.send(waitingConnector(), decision().faultOutcome().steps(steps));
        Flow failed = engine.send(waitingConnector(), decision().faultOutcome().steps(steps));
        assertThat(rejected.step()).isEmpty();

        callBack(rejected, 1);
        self.post("api/run/1/response", "{\"token\": \"" + failed.token() + "\"}", failed.who());

        assertThat(engine.flow(rejected.token()).step()).contains("This is rejected.");
        assertThat(engine.flow(failed.token()).step()).contains("Nobody could be asked.");
        assertThat(new Recipient()
                        .open(engine.joinPage(failed.tenantId(), failed.stateId())
                                .orElseThrow())
                        .text())
                .contains("Nobody could be asked.");
    }

    private Flow ask() {
        return engine.send(waitingConnector(), decision());
    }

    private Connector waitingConnector() {
        return new Connector(URI.create(waiting.address("")));
    }

    private ServiceRequest decision() {
        return engine.request(Action.DECISION).outcomes("Approve", "Reject");
    }

    private Answer callBack(Flow flow, int outcome) {
        String answer = """
            {"token": "%s", "selectedOutcomeId": "%s",
             "outputs": [{"developerName": "Recipient", "contentValue": "anna@example.com"}]}
            """.formatted(flow.token(), flow.outcomes().get(outcome).id());
        return self.post("api/run/1/response", answer, flow.who());
    }

    private static Who flowWho() {
        return Who.loggedIn(FlowEngine.TENANT, "sam@flow.example");
    }
}
