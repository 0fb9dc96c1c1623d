package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EndToEnd.class)
class RepeatsIT {
    private final World world;

    RepeatsIT(World world) {
        this.world = world;
    }

    @Test
    void aRepeatedDecisionRequestIsAnsweredTheSameAndMailsNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.mailTo(anna);

        Flow repeated = world.engine.repeat(world.flowmail().connector(), flow);

        assertThat(repeated.answered().status()).isEqualTo(200);
        assertThat(repeated.answered().json()).isEqualTo(flow.answered().json());
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    @Test
    void aDecisionRequestRepeatedAfterItsEndIsAnsweredTheSameAndMailsNothing() {
        String anna = world.person("anna");
        Flow flow = world.ask(world.question(anna));
        world.decide(anna, "Approve");
        world.lateAnswer(flow);

        Flow repeated = world.engine.repeat(world.flowmail().connector(), flow);

        assertThat(repeated.answered().json()).isEqualTo(flow.answered().json());
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    @Test
    void aRepeatedPlainSendMailsNothing() {
        String anna = world.person("anna");
        Flow flow = world.engine.send(
                world.flowmail().connector(),
                world.engine
                        .request(Action.SIMPLE)
                        .from("flow@example.com", null)
                        .to(anna)
                        .subject("Once")
                        .body("Once only"));
        world.mailTo(anna);

        Flow repeated = world.engine.repeat(world.flowmail().connector(), flow);

        assertThat(repeated.answered().json()).isEqualTo(flow.answered().json());
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }
}
