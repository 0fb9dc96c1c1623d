package dev.flowmail.simulator.page;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;

/** What the page's script asks for. */
@RestController
final class PageController {
    private final FlowEngine engine;
    private final Connector connector;
    private final TemporalUi temporal;
    private final Live live;

    PageController(FlowEngine engine, Connector connector, TemporalUi temporal, Live live) {
        this.engine = engine;
        this.connector = connector;
        this.temporal = temporal;
        this.live = live;
    }

    @GetMapping(path = "/page/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events() {
        return live.open();
    }

    /** Starts a flow and answers, when Flowmail has, with its state id and what Flowmail refused: empty when it did not. */
    @PostMapping(path = "/page/flows", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Map<String, String> start(@RequestParam Map<String, String> fields, MultipartRequest parts) throws IOException {
        StartForm form = new StartForm(fields);
        List<JsonNode> files = upload(parts.getFiles("Attachments"));
        Flow flow = engine.send(connector, form.fill(engine.request(form.action()), files));
        return Map.of("id", flow.stateId(), "problem", flow.problem());
    }

    private List<JsonNode> upload(List<MultipartFile> files) throws IOException {
        List<JsonNode> uploaded = new ArrayList<>();
        for (MultipartFile file : files) {
            String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
            if (name.isEmpty()) {
                // what a browser sends for an empty file input
                continue;
            }
            MediaType type = Optional.ofNullable(file.getContentType())
                    .map(MediaType::parseMediaType)
                    .orElse(null);
            Answer answer = engine.upload(connector, name, type, file.getBytes());
            if (answer.status() != 200) {
                throw new UploadRefused(answer.json().path("message").asString("HTTP " + answer.status()));
            }
            uploaded.add(FlowEngine.file(answer));
        }
        return uploaded;
    }

    @GetMapping("/page/flows/{id}")
    ResponseEntity<List<Exchange>> exchanges(@PathVariable String id) {
        return ResponseEntity.of(engine.flowOfState(id).map(Exchange::of));
    }

    /** Leads to the flow's run in Temporal's UI. */
    @GetMapping("/page/flows/{id}/temporal")
    ResponseEntity<Void> inTemporal(@PathVariable String id) {
        return engine.flowOfState(id)
                .map(flow -> flow.action() == Action.DECISION ? temporal.workflow(id) : temporal.activity(id))
                .map(run ->
                        ResponseEntity.status(HttpStatus.FOUND).location(run).<Void>build())
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @ExceptionHandler(ResourceAccessException.class)
    ProblemDetail nobodyAnswered() {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_GATEWAY, "Flowmail did not answer. Is it still starting, or was it stopped?");
    }

    @ExceptionHandler(UploadRefused.class)
    ProblemDetail uploadRefused(UploadRefused refused) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, refused.getMessage());
    }

    private static final class UploadRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String sentence;

        UploadRefused(String message) {
            this.sentence = "Flowmail refused the file: " + message;
        }

        @Override
        public String getMessage() {
            return sentence;
        }
    }
}
