package dev.flowmail.api.tracing;

import dev.flowmail.api.interceptors.ActivityInterceptor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;

/** One span for each attempt. */
final class TracedActivity extends ActivityInterceptor {
    private final Tracer tracer;

    TracedActivity(ActivityInboundCallsInterceptor next, Tracer tracer) {
        super(next);
        this.tracer = tracer;
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
        Span span = tracer.spanBuilder(info().getActivityType())
                .setParent(TraceHeader.read(input.getHeader()))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(SpanGuard.REQUEST, request())
                .setAttribute(SpanGuard.ATTEMPT, info().getAttempt())
                .startSpan();
        try {
            return Context.current()
                    .with(span)
                    .wrapSupplier(() -> super.execute(input))
                    .get();
        } catch (RuntimeException | Error failure) {
            // not the failure itself: its message may hold what the far side said
            span.setStatus(StatusCode.ERROR).setAttribute(SpanGuard.FAILURE, kind(failure));
            throw failure;
        } finally {
            span.end();
        }
    }
}
