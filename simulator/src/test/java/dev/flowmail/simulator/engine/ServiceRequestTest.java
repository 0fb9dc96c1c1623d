package dev.flowmail.simulator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ServiceRequestTest {
    private final FlowEngine engine = new FlowEngine(URI.create("http://127.0.0.1:8090"), 3025);

    @Test
    void aRequestHasTheMembersThatFlowSends() throws IOException {
        JsonNode sample = sample();
        JsonNode built = Json.read(engine.request(Action.DECISION)
                .from("flow@example.com", "Flow")
                .to("anna@example.com")
                .subject("Subject")
                .body("Body")
                .outcomes("Approve")
                .start()
                .request());

        assertThat(built.propertyNames()).containsAll(sample.propertyNames());
        assertSameMembers(built, sample, "/inputs/0");
        // what Flow's API has gained since the samples were recorded
        assertThat(built.at("/outcomes/0").propertyNames())
                .containsAll(sample.at("/outcomes/0").propertyNames())
                .contains("pageActionType", "attributes", "className");
        assertThat(built.path("culture").propertyNames())
                .containsAll(sample.path("culture").propertyNames())
                .contains("code");
        assertThat(built.propertyNames()).contains("platformUri");
        assertSameMembers(built, sample, "/authorization");
        assertSameMembers(built, sample, "/configurationValues/0");
        assertSameMembers(input(built, "To"), input(sample, "To"), "/objectData/0");
        assertSameMembers(input(built, "From"), input(sample, "From"), "/objectData/0/properties/0");
        assertThat(input(built, "To")
                        .at("/objectData/0/properties/0/contentValue")
                        .asString())
                .isEqualTo("anna@example.com");
    }

    @Test
    void anInputThatIsSetAgainIsReplaced() {
        JsonNode built = Json.read(engine.request(Action.SIMPLE)
                .subject("one")
                .subject("two")
                .start()
                .request());

        assertThat(built.path("inputs")).hasSize(1);
        assertThat(input(built, "Subject").path("contentValue").asString()).isEqualTo("two");
    }

    private static void assertSameMembers(JsonNode built, JsonNode sample, String pointer) {
        assertThat(new TreeSet<>(built.at(pointer).propertyNames()))
                .as(pointer)
                .isEqualTo(new TreeSet<>(sample.at(pointer).propertyNames()));
    }

    private static JsonNode input(JsonNode request, String name) {
        return request.path("inputs")
                .valueStream()
                .filter(input -> input.path("developerName").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode sample() throws IOException {
        try (InputStream file = ServiceRequestTest.class.getResourceAsStream("/samples/email-choices-request.json")) {
            return Json.read(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        }
    }
}
