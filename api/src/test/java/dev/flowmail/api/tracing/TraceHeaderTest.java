package dev.flowmail.api.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.interceptors.Header;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceHeaderTest {
    private static final SpanContext SPAN = SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());

    @Test
    void aTraceSurvivesTheHeaderAndBeingHandedOn() {
        Header start = empty();
        Header activity = empty();

        TraceHeader.write(Context.root().with(Span.wrap(SPAN)), start);
        TraceHeader.copy(start, activity);

        SpanContext read = Span.fromContext(TraceHeader.read(activity)).getSpanContext();
        assertThat(read.getTraceId()).isEqualTo(SPAN.getTraceId());
        assertThat(read.getSpanId()).isEqualTo(SPAN.getSpanId());
        assertThat(read.isSampled()).isTrue();
    }

    @Test
    void whereThereIsNoTraceNoneIsMade() {
        Header start = empty();
        Header activity = empty();

        TraceHeader.write(Context.root(), start);
        TraceHeader.copy(start, activity);

        assertThat(activity.getValues()).isEmpty();
        assertThat(isTraced(activity)).isFalse();
    }

    @Test
    void whatCannotBeReadIsNoTrace() {
        Payload noText = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted"))
                .setData(ByteString.copyFromUtf8("?"))
                .build();

        assertThat(isTraced(new Header(Map.of("traceparent", noText)))).isFalse();
    }

    private static boolean isTraced(Header header) {
        return Span.fromContext(TraceHeader.read(header)).getSpanContext().isValid();
    }

    private static Header empty() {
        return new Header(new HashMap<>());
    }
}
