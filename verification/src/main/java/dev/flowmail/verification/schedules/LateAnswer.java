package dev.flowmail.verification.schedules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a callback says.
 *
 * @param content all that Flow goes on with: the outcome or the fault, and the outputs
 * @param end the outcome's name, or the fault's code
 * @param answers who answered what, as {@code address=outcome}
 */
record LateAnswer(String content, String end, boolean isFault, List<String> answers, boolean hasReceipt) {

    /** @param outcomes names by id */
    static LateAnswer of(String body, Map<String, String> outcomes) {
        JsonNode json = JsonMapper.shared().readTree(body);
        String outcome = json.path("selectedOutcomeId").asString("");
        List<String> faults = new ArrayList<>(json.path("rootFaults").propertyNames());
        return new LateAnswer(
                outcome + json.path("rootFaults") + json.path("outputs"),
                outcome.isEmpty() ? String.join(",", faults) : outcomes.getOrDefault(outcome, outcome),
                outcome.isEmpty(),
                answers(json),
                hasReceipt(json));
    }

    Told told(Instant at, Manners.OfFlow manner, boolean wasHeard) {
        return new Told(at, content, end, isFault, answers, hasReceipt, manner, wasHeard);
    }

    private static boolean hasReceipt(JsonNode json) {
        return json.path("outputs")
                .valueStream()
                .filter(output -> output.path("developerName").asString("").equals("Receipt"))
                .anyMatch(output -> output.path("contentValue").asString("").startsWith("ey"));
    }

    private static List<String> answers(JsonNode json) {
        return json.path("outputs")
                .valueStream()
                .filter(output -> output.path("developerName").asString("").equals("Answers"))
                .flatMap(output -> output.path("objectData").valueStream())
                .map(answer -> property(answer, "Recipient") + "=" + property(answer, "Outcome"))
                .toList();
    }

    private static String property(JsonNode object, String name) {
        return object.path("properties")
                .valueStream()
                .filter(property -> property.path("developerName").asString("").equals(name))
                .map(property -> property.path("contentValue").asString(""))
                .findFirst()
                .orElse("");
    }
}
