package dev.flowmail.api.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.Header;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace that something belongs to, in the headers of Temporal's calls: {@code traceparent} of W3C Trace Context, as text. */
final class TraceHeader {

    private static final String TRACE_PARENT = "traceparent";
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

    private TraceHeader() {}

    /** Nothing where there is no trace. */
    static void write(Context context, Header header) {
        Map<String, String> fields = new HashMap<>();
        FORMAT.inject(context, fields, (carrier, name, value) -> fields.put(name, value));
        String parent = fields.get(TRACE_PARENT);
        if (parent != null) {
            DefaultDataConverter.STANDARD_INSTANCE
                    .toPayload(parent)
                    .ifPresent(payload -> header.getValues().put(TRACE_PARENT, payload));
        }
    }

    /** Without a trace where there is none, or one that cannot be read. */
    static Context read(Header header) {
        return FORMAT.extract(Context.root(), header, Getter.INSTANCE);
    }

    /** Hands a trace on as it came. */
    static void copy(Header from, Header to) {
        Payload parent = from.getValues().get(TRACE_PARENT);
        if (parent != null) {
            to.getValues().put(TRACE_PARENT, parent);
        }
    }

    private enum Getter implements TextMapGetter<Header> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Header header) {
            return header.getValues().keySet();
        }

        @Override
        public @Nullable String get(@Nullable Header header, String name) {
            Payload payload = header == null ? null : header.getValues().get(name);
            try {
                return payload == null
                        ? null
                        : DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class);
            } catch (DataConverterException malformed) {
                return null;
            }
        }
    }
}
