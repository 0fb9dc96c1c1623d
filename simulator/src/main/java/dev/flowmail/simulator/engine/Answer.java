package dev.flowmail.simulator.engine;

import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What Flowmail answered at once.
 *
 * @param status an HTTP status; 0 when nobody answered, then the body is a sentence that says so
 * @param body the exact body; empty when there was none
 */
public record Answer(int status, HttpHeaders headers, String body) {

    static Answer none(String sentence) {
        return new Answer(0, new HttpHeaders(), sentence);
    }

    /** The body as JSON. Fails when it is none. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The answer's {@code invokeType}, e.g. {@code WAIT}; empty when it has none. */
    public String invokeType() {
        return json().path("invokeType").asString("");
    }
}
