package dev.flowmail.simulator.engine;

import tools.jackson.databind.JsonNode;

/**
 * An outcome drawn from the message element.
 *
 * @param id a UUID
 * @param label what people read
 */
public record Outcome(String id, String label) {

    static Outcome of(JsonNode json) {
        String name = json.path("developerName").asString("");
        String label = json.path("label").asString("");
        return new Outcome(json.path("id").asString(""), label.isEmpty() ? name : label);
    }
}
