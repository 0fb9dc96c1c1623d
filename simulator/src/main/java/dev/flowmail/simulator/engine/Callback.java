package dev.flowmail.simulator.engine;

import java.time.Instant;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * One late answer as it arrived, accepted or not.
 *
 * @param body the exact body
 * @param status what the engine answered: an HTTP status
 * @param said the engine's body, e.g. {@code "SUCCESS"}; empty when it took nothing
 */
public record Callback(Instant at, HttpHeaders headers, String body, int status, String said) {

    /** Whether this is the answer that the flow went on with. */
    public boolean movedTheFlow() {
        return said.equals(FlowEngine.SUCCESS);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The id of the chosen outcome; empty for a fault. */
    public String outcomeId() {
        return json().path("selectedOutcomeId").asString("");
    }

    /** The code of its fault, e.g. {@code Timeout}; empty for an outcome. */
    public String faultCode() {
        return String.join(" ", json().path("rootFaults").propertyNames());
    }

    /** The sentences of its faults; empty for an outcome. */
    String faults() {
        return json().path("rootFaults")
                .valueStream()
                .map(sentence -> sentence.asString(""))
                .collect(Collectors.joining(" "));
    }

    /** An output's {@code contentValue}; empty when there is none. */
    public String output(String name) {
        return json().path("outputs")
                .valueStream()
                .filter(output -> output.path("developerName").asString("").equals(name))
                .map(output -> output.path("contentValue").asString(""))
                .findFirst()
                .orElse("");
    }
}
