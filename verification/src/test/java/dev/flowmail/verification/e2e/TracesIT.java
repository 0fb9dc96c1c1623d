package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import dev.flowmail.servers.WebServer;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.verification.programs.FlowmailProcess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an OpenTelemetry collector is told, over OTLP. */
@ExtendWith(EndToEnd.class)
class TracesIT {
    private static final String REQUEST = "http post /api/email/1/actions/email-choices";

    private final World world;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final WebServer collector = new WebServer();
    private final FlowmailProcess flowmail;

    TracesIT(World world) {
        this.world = world;
        collector.on("/v1/traces", this::take);
        flowmail = new FlowmailProcess(
                "flowmail-traces",
                world.directory("traces"),
                Map.of(
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                        collector.address("/v1/traces"),
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "200"));
    }

    @BeforeEach
    void start() {
        flowmail.start();
    }

    @AfterEach
    void stop() {
        flowmail.close();
        collector.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new String(body, ISO_8859_1));
        ExportTraceServiceRequest.parseFrom(body)
                .getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        WebServer.answer(exchange, 200, "");
    }

    @Test
    void aTraceLeadsFromFlowsRequestToTheCallbackAndNamesNobody() {
        String anna = world.person("anna");
        Flow flow = world.ask(flowmail.connector(), world.question(anna));
        URI link = world.mailTo(anna).link("Approve");
        String code = Path.of(link.getPath()).getFileName().toString();
        world.decide(anna, "Approve");
        world.lateAnswer(flow);
        world.recipient.open(flowmail.address("/other/" + code));

        World.patiently().untilAsserted(() -> {
            Span request = span(REQUEST);
            assertThat(spans.stream()
                            .filter(span -> span.getTraceId().equals(request.getTraceId()))
                            .map(Span::getName))
                    .containsExactlyInAnyOrder(REQUEST, "SendMail", "SignReceipt", "CallBack");
            assertThat(names()).contains("http get /decide/{*code}", "http post /decide/{*code}");
        });
        // readiness was asked for before all of it
        assertThat(names()).noneMatch(name -> name.contains("actuator"));
        assertThat(span("SendMail").getParentSpanId()).isEqualTo(span(REQUEST).getSpanId());
        assertThat(String.join("\n", received))
                .doesNotContain(code, anna, "example.com", flow.token(), "Purchase order", "ten chairs");
    }

    @Test
    void aPlainMailsTraceSaysOfWhatKindItsFailureWas() {
        String nobody = world.person("nobody");
        world.engine.send(
                flowmail.connector(),
                world.engine
                        .request(Action.SIMPLE)
                        .mailServer("127.0.0.1", 1, "plain")
                        .from("flow@example.com", null)
                        .to(nobody)
                        .subject("Traced")
                        .body("Traced"));
        world.engine.send(
                flowmail.connector(),
                world.engine
                        .request(Action.SIMPLE)
                        .from("flow@example.com", null)
                        .to("not an address at example.com"));

        World.patiently().untilAsserted(() -> {
            Span mail = span("SendMail");
            assertThat(spans)
                    .filteredOn(span -> span.getTraceId().equals(mail.getTraceId()))
                    .extracting(Span::getName)
                    .contains("http post /api/email/1/actions/email-simple");
            assertThat(mail.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(mail.getStatus().getMessage()).isEmpty();
            assertThat(mail.getAttributesList())
                    .anySatisfy(attribute ->
                            assertThat(attribute.getValue().getStringValue()).isEqualTo("SmtpUnavailable"));
        });
        assertThat(spans.stream().map(Span::getTraceId).map(ByteString::size)).containsOnly(16);
        assertThat(String.join("\n", received)).doesNotContain(nobody, "example.com", "not an address");
    }

    private Span span(String name) {
        assertThat(names()).contains(name);
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() {
        return spans.stream().map(Span::getName).toList();
    }
}
