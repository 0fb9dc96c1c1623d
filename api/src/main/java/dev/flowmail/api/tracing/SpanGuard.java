package dev.flowmail.api.tracing;

import static java.util.stream.Collectors.toSet;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets only what is known to be harmless leave in a span: its name, whether it failed, and the attributes named here. Messages
 * of failures and raw paths would carry addresses and decision codes. Probes and scrapes leave no span.
 */
final class SpanGuard implements SpanExporter {

    static final AttributeKey<String> REQUEST = AttributeKey.stringKey("flowmail.request");
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("flowmail.attempt");
    static final AttributeKey<String> FAILURE = AttributeKey.stringKey("error.type");

    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("uri");

    private static final Set<String> HARMLESS = Stream.concat(
                    Stream.of(REQUEST, ATTEMPT, FAILURE).map(AttributeKey::getKey),
                    Stream.of("method", ROUTE.getKey(), "status", "outcome", "exception"))
            .collect(toSet());

    private final SpanExporter exporter;

    SpanGuard(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(spans.stream()
                .filter(span -> !isOfMonitoring(span))
                .<SpanData>map(Guarded::new)
                .toList());
    }

    private static boolean isOfMonitoring(SpanData span) {
        String route = span.getAttributes().get(ROUTE);
        return route != null && route.startsWith("/actuator/");
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class Guarded extends DelegatingSpanData {
        private final Attributes attributes;

        Guarded(SpanData span) {
            super(span);
            AttributesBuilder kept = span.getAttributes().toBuilder();
            kept.removeIf(key -> !HARMLESS.contains(key.getKey()));
            attributes = kept.build();
        }

        /** Without the caller's {@code tracestate}, which may be any text. */
        @Override
        public SpanContext getSpanContext() {
            SpanContext whole = super.getSpanContext();
            return SpanContext.create(
                    whole.getTraceId(), whole.getSpanId(), whole.getTraceFlags(), TraceState.getDefault());
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }
    }
}
