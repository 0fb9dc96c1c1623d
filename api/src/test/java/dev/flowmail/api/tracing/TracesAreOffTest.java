package dev.flowmail.api.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.WireTest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Until an endpoint is set. On: TracesIT. */
@WireTest
class TracesAreOffTest {
    @Autowired
    private ApplicationContext context;

    @ParameterizedTest
    @ValueSource(
            classes = {OpenTelemetry.class, Tracer.class, SpanExporter.class, ClientTracing.class, WorkerTracing.class})
    void nothingTraces(Class<?> part) {
        assertThat(context.getBeanNamesForType(part)).isEmpty();
    }
}
