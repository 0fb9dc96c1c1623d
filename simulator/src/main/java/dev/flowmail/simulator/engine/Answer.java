package dev.flowmail.simulator.engine;

import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What Flowmail answered at once.
 *
 * @param body the exact body; empty when there was none
 */
public record Answer(int status, HttpHeaders headers, String body) {

    /** The body as JSON. Fails when it is none. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The answer's {@code invokeType}, e.g. {@code WAIT}; empty when it has none. */
    public String invokeType() {
        return json().path("invokeType").asString("");
    }
}
