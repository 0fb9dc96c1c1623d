package dev.flowmail.api.tracing;

import io.opentelemetry.api.trace.Tracer;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;

/** Carries the trace of Flow's request through workflows, and opens a span for each attempt of an activity. */
public final class WorkerTracing extends WorkerInterceptorBase {

    private final Tracer tracer;

    public WorkerTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new TracedWorkflow(next);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new TracedActivity(next, tracer);
    }
}
