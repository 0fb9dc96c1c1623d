package dev.flowmail.api.metadata;

import dev.flowmail.activities.flow.DescribeRequest;
import dev.flowmail.activities.flow.DescribeResponse;
import dev.flowmail.api.config.OperatorsMail;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes the connector, at design time. A connector that is not configured yet is described as well as any. */
@RestController
@RequestMapping("/api/email/1")
final class MetadataController {
    private final OperatorsMail operators;

    MetadataController(OperatorsMail operators) {
        this.operators = operators;
    }

    @PostMapping(
            path = {"/metadata", "/metadata/install"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    DescribeResponse describe(@RequestBody(required = false) @Nullable DescribeRequest request) {
        return DescribeResponse.of(
                request == null ? null : request.culture(),
                EmailConnector.configurationValues(operators.server() == null),
                EmailConnector.ACTIONS,
                EmailConnector.TYPES);
    }

    @GetMapping("/health")
    Map<String, String> health() {
        return Map.of("status", "UP");
    }
}
