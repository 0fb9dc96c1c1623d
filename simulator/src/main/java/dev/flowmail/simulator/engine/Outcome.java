package dev.flowmail.simulator.engine;

import tools.jackson.databind.JsonNode;

/**
 * An outcome drawn from the message element.
 *
 * @param id a UUID
 * @param label what people read
 */
public record Outcome(String id, String label) {
    /** Reserved by Flow. */
    static final String FAULT_ID = "318B0F3A-A570-4C5D-835C-21C1EEB17787";

    /** Whether this is the element's <i>Use this Outcome for Faults</i>. */
    public boolean isForFaults() {
        return id.equals(FAULT_ID);
    }

    static Outcome of(JsonNode json) {
        String name = json.path("developerName").asString("");
        String label = json.path("label").asString("");
        return new Outcome(json.path("id").asString(""), label.isEmpty() ? name : label);
    }
}
