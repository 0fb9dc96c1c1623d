package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flowmail with its embedded Temporal. */
@ExtendWith(EndToEnd.class)
class RestartsIT {
    private final World world;

    RestartsIT(World world) {
        this.world = world;
    }

    @Test
    void aRequestSurvivesAKilledFlowmail() {
        String anna = world.person("anna");
        try (FlowmailProcess flowmail = new FlowmailProcess("killed", world.directory("killed")).start()) {
            Flow flow = world.ask(flowmail.connector(), world.question(anna));
            world.mailTo(anna);

            flowmail.kill();
            assertThat(flowmail.companions())
                    .as("the Temporal that was left behind")
                    .isNotEmpty();
            flowmail.start();

            assertThat(world.decide(anna, "Approve").status()).isEqualTo(200);
            world.lateAnswer(flow);
            assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
            world.letAnotherMailPass(flowmail.connector());
            assertThat(world.inbox.mailsTo(anna)).hasSize(1);
            assertThat(world.callbacks(flow)).hasSize(1);

            flowmail.stop();
            assertThat(flowmail.companions()).isEmpty();
        }
    }

    @Test
    void aStopLetsMailsFinishAndSendsNoneTwice() {
        List<String> people = List.of(world.person("anna"), world.person("ben"), world.person("cleo"));
        String dora = world.person("dora");
        try (FlowmailProcess flowmail = new FlowmailProcess("drained", world.directory("drained")).start()) {
            world.inbox.holdReplies();
            Flow flow = world.ask(flowmail.connector(), world.question(people.toArray(String[]::new)));
            world.engine.send(
                    flowmail.connector(),
                    world.engine
                            .request(Action.SIMPLE)
                            .from("flow@example.com", null)
                            .to(dora)
                            .subject("Hello")
                            .body("Hello"));
            // GreenMail takes one mail at a time: the first is held after its final dot, the others while they are
            // sent.
            World.patiently()
                    .until(() -> Stream.concat(people.stream(), Stream.of(dora))
                            .anyMatch(person -> !world.inbox.mailsTo(person).isEmpty()));

            flowmail.askToEnd();
            World.patiently().until(() -> !flowmail.isReady());
            world.inbox.releaseReplies();
            flowmail.awaitEnd();
            assertThat(flowmail.companions()).isEmpty();
            flowmail.start();

            world.letAnotherMailPass(flowmail.connector());
            assertThat(people)
                    .allSatisfy(
                            person -> assertThat(world.inbox.mailsTo(person)).hasSize(1));
            assertThat(world.inbox.mailsTo(dora)).hasSize(1);
            assertThat(world.decide(people.get(0), "Approve").status()).isEqualTo(200);
            world.lateAnswer(flow);
        }
    }
}
