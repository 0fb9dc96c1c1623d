package dev.flowmail.api.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.Header;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** One span for each attempt. */
final class TracedActivity extends ActivityInboundCallsInterceptorBase {
    private final Tracer tracer;
    private @Nullable ActivityInfo info;

    TracedActivity(ActivityInboundCallsInterceptor next, Tracer tracer) {
        super(next);
        this.tracer = tracer;
    }

    @Override
    public void init(ActivityExecutionContext context) {
        info = context.getInfo();
        super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
        Span span = begin(input.getHeader());
        try {
            return Context.current()
                    .with(span)
                    .wrapSupplier(() -> super.execute(input))
                    .get();
        } catch (RuntimeException | Error failure) {
            // not the failure itself: its message may hold what the far side said
            span.setStatus(StatusCode.ERROR)
                    .setAttribute(
                            SpanGuard.FAILURE,
                            failure instanceof ApplicationFailure application
                                    ? application.getType()
                                    : failure.getClass().getSimpleName());
            throw failure;
        } finally {
            span.end();
        }
    }

    private Span begin(Header header) {
        ActivityInfo known = info;
        if (known == null) {
            return Span.getInvalid();
        }
        String workflow = known.getWorkflowId();
        return tracer.spanBuilder(known.getActivityType())
                .setParent(TraceHeader.read(header))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(SpanGuard.REQUEST, workflow == null ? known.getActivityId() : workflow)
                .setAttribute(SpanGuard.ATTEMPT, known.getAttempt())
                .startSpan();
    }
}
