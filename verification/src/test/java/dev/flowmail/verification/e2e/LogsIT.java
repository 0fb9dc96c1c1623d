package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as a collector reads it: Elastic's common schema. */
@ExtendWith(EndToEnd.class)
class LogsIT {
    private final World world;

    LogsIT(World world) {
        this.world = world;
    }

    @Test
    void everyStepOfARequestIsOneLineWithItsIdAndNoAddress() throws IOException {
        FlowmailProcess flowmail = new FlowmailProcess(
                "flowmail-logs", world.directory("logs"), Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs"));
        try (flowmail) {
            flowmail.start();
            String anna = world.person("anna");
            Flow flow = world.ask(flowmail.connector(), world.question(anna));
            String id = new Operator(flowmail).decision(flow);
            Page page = world.open(anna, "Approve");
            world.confirmed(() -> world.recipient.submit(page));
            world.lateAnswer(flow);
            String told = id + " Flow has been told: Decided";
            World.patiently().until(() -> messages(flowmail).contains(told));

            List<String> messages = messages(flowmail).stream()
                    .filter(message -> message.contains(id))
                    .map(message -> message.replaceAll("was accepted by .*", "was accepted"))
                    .toList();
            assertThat(messages)
                    .contains(id + " answer of recipient 1 handed over")
                    .containsSubsequence("Mail " + id + "/0.0/0 was accepted", id + " Decided", told)
                    .containsOnlyOnce(id + " accepted", "Mail " + id + "/0.0/0 was accepted", id + " Decided", told);
            assertThat(Files.readString(flowmail.log())).doesNotContain(anna, flow.token(), "example.com");
        }
    }

    private static List<String> messages(FlowmailProcess flowmail) throws IOException {
        return Files.readAllLines(flowmail.log()).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .map((JsonNode line) -> line.path("message").asString(""))
                .toList();
    }
}
