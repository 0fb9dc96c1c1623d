package dev.flowmail.simulator.engine;

import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The engine's side of the wire. */
@RestController
class EngineController {
    private final FlowEngine engine;

    EngineController(FlowEngine engine) {
        this.engine = engine;
    }

    @PostMapping(path = "/api/run/1/response", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<String>> response(@RequestHeader HttpHeaders headers, @RequestBody String body) {
        return engine.take(HttpHeaders.copyOf(headers), body)
                .thenApply(callback -> ResponseEntity.status(callback.status())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(callback.said()));
    }

    @GetMapping(path = "/api/run/1/state/{stateId}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> state(@PathVariable String stateId, @RequestHeader("ManyWhoTenant") String tenantId) {
        return ResponseEntity.of(engine.joinPage(tenantId, stateId).map(page -> {
            ObjectNode answer = Json.object();
            answer.put("stateId", stateId);
            answer.put("invokeType", "FORWARD");
            answer.put("joinFlowUri", page.toString());
            return Json.write(answer);
        }));
    }
}
