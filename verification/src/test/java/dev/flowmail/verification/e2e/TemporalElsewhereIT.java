package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Flowmail with a Temporal server of its own, in another process. */
@ExtendWith(EndToEnd.class)
class TemporalElsewhereIT {
    private final World world;

    TemporalElsewhereIT(World world) {
        this.world = world;
    }

    @Test
    void aRequestSurvivesAKilledFlowmail() {
        String anna = world.person("anna");
        Path directory = world.directory("elsewhere-killed");
        try (TemporalProcess temporal = temporal(directory).start();
                FlowmailProcess flowmail = flowmail(temporal, directory).start()) {
            Flow flow = world.ask(flowmail.connector(), world.question(anna));
            world.mailTo(anna);

            flowmail.kill();
            flowmail.start();

            Page page = world.open(anna, "Approve");
            assertThat(world.confirmed(() -> world.recipient.submit(page, Map.of()))
                            .status())
                    .as("at once, without a button")
                    .isEqualTo(200);
            world.lateAnswer(flow);
            world.letAnotherMailPass(flowmail.connector());
            assertThat(world.inbox.mailsTo(anna)).hasSize(1);
            assertThat(world.callbacks(flow)).hasSize(1);
            assertThatThereAreNoReceiptsWithoutAKey(flowmail, flow);
        }
    }

    @Test
    void aRequestSurvivesARestartOfTemporalAndNothingIsAcceptedMeanwhile() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Path directory = world.directory("elsewhere-restarted");
        try (TemporalProcess temporal = temporal(directory).start();
                FlowmailProcess flowmail = flowmail(temporal, directory).start()) {
            Flow flow = world.ask(flowmail.connector(), world.question(anna));
            Page page = world.open(anna, "Approve");

            temporal.stop();

            Flow refused = world.engine.send(flowmail.connector(), world.question(ben));
            Answer answer = refused.answered();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers().getFirst("Retry-After")).isNotBlank();
            assertThat(answer.json().path("statusCode").asInt()).isEqualTo(503);
            assertUnavailable(world.recipient.open(page.address()));
            assertUnavailable(world.recipient.submit(page));
            World.patiently().until(() -> !flowmail.isReady());
            assertThat(flowmail.isLive()).isTrue();

            temporal.start();

            World.patiently().until(flowmail::isReady);
            assertThat(world.confirmed(() -> world.recipient.submit(page)).status())
                    .isEqualTo(200);
            world.lateAnswer(flow);
            assertThat(world.engine.flow(flow.token()).chosen()).contains("Approve");
            world.letAnotherMailPass(flowmail.connector());
            assertThat(world.inbox.mailsTo(anna)).hasSize(1);
            assertThat(world.inbox.mailsTo(ben)).isEmpty();
        }
    }

    @Test
    void flowmailStartsWithoutTemporalAndIsReadyWhenItComes() {
        Path directory = world.directory("elsewhere-late");
        try (TemporalProcess temporal = temporal(directory);
                FlowmailProcess flowmail = flowmail(temporal, directory)) {
            flowmail.startWithoutTemporal();
            assertThat(flowmail.isReady()).isFalse();

            temporal.start();

            World.patiently().until(flowmail::isReady);
            world.letAnotherMailPass(flowmail.connector());
        }
    }

    private void assertThatThereAreNoReceiptsWithoutAKey(FlowmailProcess flowmail, Flow flow) {
        assertThat(world.lateAnswer(flow).output("Receipt")).isEmpty();
        assertThat(JsonMapper.shared()
                        .readTree(world.recipient
                                .open(flowmail.address("/.well-known/jwks.json"))
                                .html())
                        .path("keys"))
                .isEmpty();
        assertThat(flowmail.log()).content().contains("FLOWMAIL_KEYS_RECEIPTS is not set");
    }

    private static void assertUnavailable(Page page) {
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
    }

    private static TemporalProcess temporal(Path directory) {
        return new TemporalProcess(
                "temporal-" + directory.getFileName(),
                directory.toAbsolutePath().resolve("elsewhere.db"));
    }

    private static FlowmailProcess flowmail(TemporalProcess temporal, Path directory) {
        return new FlowmailProcess(
                "flowmail-" + directory.getFileName(),
                directory.resolve("data"),
                Map.of(
                        "TEMPORAL_ADDRESS",
                        temporal.address(),
                        "FLOWMAIL_KEYS_LINKS",
                        Keys.SHARED,
                        "FLOWMAIL_KEYS_PAYLOADS",
                        Keys.SHARED,
                        "FLOWMAIL_DECISION_CONFIRMATION",
                        "button"));
    }
}
