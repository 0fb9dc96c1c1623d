package dev.flowmail.simulator.page;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.ServiceRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The form that starts a flow. Its fields bear the names of the connector's inputs; what is left empty is not sent. */
record StartForm(Map<String, String> fields) {
    private static final List<String> RULES =
            List.of("Timeout", "Timeout Outcome", "Answers Needed", "Veto Outcome", "Remind Every", "Comments");

    Action action() {
        return Action.valueOf(field("action"));
    }

    /** Fills a request with what was entered. */
    ServiceRequest fill(ServiceRequest request, List<JsonNode> files) {
        request.from(field("From"), field("From Name"))
                .to(list("To", "[,;\r\n]"))
                .subject(field("Subject"))
                .body(field("Body"))
                .language(field("Language"))
                .steps(List.of(list("Steps", "\\R")));
        if (action() == Action.SIMPLE) {
            return request;
        }
        if (!field("HTML Body").isEmpty()) {
            request.html(field("HTML Body"));
        }
        if (!files.isEmpty()) {
            request.attachments(files.toArray(JsonNode[]::new));
        }
        if (action() == Action.DECISION) {
            request.outcomes(list("Outcomes", "\\R"));
            if (!field("Fault Outcome").isEmpty()) {
                request.faultOutcome();
            }
            RULES.stream().filter(rule -> !field(rule).isEmpty()).forEach(rule -> request.text(rule, field(rule)));
        }
        return request;
    }

    private String[] list(String name, String separator) {
        return Stream.of(field(name).split(separator, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toArray(String[]::new);
    }

    private String field(String name) {
        return fields.getOrDefault(name, "").strip();
    }
}
