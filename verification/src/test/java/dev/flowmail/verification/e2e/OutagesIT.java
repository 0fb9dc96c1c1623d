package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EndToEnd.class)
class OutagesIT {
    private final World world;

    OutagesIT(World world) {
        this.world = world;
    }

    @Test
    void anEngineThatFailsIsToldUntilItListens() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.engine.behaviour().refuseCallbacks(503, 3);

        assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);

        world.lateAnswer(flow);
        assertThat(world.callbacks(flow)).extracting(Callback::status).containsExactly(503, 503, 503, 200);
        assertThat(world.callbacks(flow))
                .extracting(callback -> callback.output("Receipt"))
                .containsOnly(world.receipt(flow).jws());
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void anEngineThatIsGoneForAWhileIsToldLater() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);
        world.stopEngine();
        try {
            assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);
            assertThat(world.open(anna, "Approve").text()).contains("Approve");
        } finally {
            world.startEngine();
        }

        world.lateAnswer(flow);
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void anEngineThatHangsKeepsNobodyWaiting() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.engine.behaviour().hangOnCallbacks();

        assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);
        World.patiently().until(world.engine.behaviour()::isHanging);
        assertThat(world.open(anna, "Approve").status()).isEqualTo(200);
        world.engine.behaviour().recover();

        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
    }

    @Test
    void anEngineThatRefusesForGoodIsNotAskedAgain() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.engine.behaviour().refuseCallbacks(400, 1);

        assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);

        World.patiently().until(() -> !world.callbacks(flow).isEmpty());
        // a second one would come within 5 s: as long as another request's timeout of 7 s
        world.lateAnswer(world.ask(world.question(world.person("ben")).text("Timeout", "PT7S")));
        assertThat(world.callbacks(flow)).extracting(Callback::status).containsExactly(400);
        assertThat(world.open(anna, "Approve").text()).contains("Approve");
    }

    @Test
    void mailsWaitForAMailServerThatIsDown() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        String carla = world.person("carla");
        Flow proven = world.ask(world.question(carla).text("Proof", "all"));
        Page page = world.open(carla, "Approve");
        world.inbox.close();
        Flow plain;
        Flow question;
        try {
            plain = world.engine.send(
                    world.flowmail().connector(),
                    world.engine
                            .request(Action.SIMPLE)
                            .from("flow@example.com", null)
                            .to(ben)
                            .subject("Later")
                            .body("Later"));
            question = world.ask(world.question(anna));
            assertThat(world.confirmed(() -> world.recipient.submit(page)).status())
                    .isEqualTo(428);
        } finally {
            world.inbox.start();
        }

        assertThat(plain.answered().invokeType()).isEqualTo("FORWARD");
        world.mailTo(ben);
        world.decide(anna, "Approve");
        world.lateAnswer(question);
        assertThat(world.inbox.mailsTo(ben)).hasSize(1);
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
        String code = world.freshCodeTo(carla);
        assertThat(world.confirmed(() -> world.withCode(page, code)).status()).isEqualTo(200);
        world.lateAnswer(proven);
        assertThat(world.inbox.mailsTo(carla)).hasSize(2);
    }
}
