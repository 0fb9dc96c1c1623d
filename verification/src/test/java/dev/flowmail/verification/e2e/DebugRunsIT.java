package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Ports;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.ServiceRequest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(EndToEnd.class)
class DebugRunsIT {
    private final World world;

    DebugRunsIT(World world) {
        this.world = world;
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE, FORWARD", "EMAIL, FORWARD", "DECISION, WAIT"})
    void theAnswerComesWhenTheMailHasArrived(Action action, String invokeType) {
        String anna = world.person("anna");

        Flow flow = world.engine.send(world.flowmail().connector(), debug(action, anna));

        assertThat(flow.answered().status()).as(flow.answered().body()).isEqualTo(200);
        assertThat(flow.answered().invokeType()).isEqualTo(invokeType);
        assertThat(world.inbox.mailsTo(anna)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aMailServerThatIsNotThereIsReportedAtOnce(Action action) {
        String anna = world.person("anna");

        Flow flow = world.engine.send(
                world.flowmail().connector(), debug(action, anna).mailServer("127.0.0.1", Ports.free(), "plain"));

        assertThat(flow.answered().status()).isBetween(500, 599);
        assertThat(flow.answered().headers().getFirst("X-ManyWho-Service-Problem-Kind"))
                .isEqualTo("service");
        assertThat(flow.answered().json().path("kind").asString()).isEqualTo("service");
        assertThat(flow.answered().json().path("message").asString()).isNotEmpty();
        world.letAnotherMailPass(world.flowmail().connector());
        assertThat(world.callbacks(flow)).isEmpty();
    }

    private ServiceRequest debug(Action action, String recipient) {
        return world.engine
                .request(action)
                .from("flow@example.com", null)
                .to(recipient)
                .subject("Debug")
                .body("Debug")
                .outcomes("Approve", "Reject")
                .member("executionMode", "DEBUG");
    }
}
