package dev.flowmail.api.tracing;

import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;

/** A workflow that hands its trace on to its activities. Opens no span: it is replayed, and may wait for months. */
final class TracedWorkflow extends WorkflowInboundCallsInterceptorBase {
    private Header received = Header.empty();

    TracedWorkflow(WorkflowInboundCallsInterceptor next) {
        super(next);
    }

    @Override
    public void init(WorkflowOutboundCallsInterceptor calls) {
        super.init(new WorkflowOutboundCallsInterceptorBase(calls) {
            @Override
            public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
                TraceHeader.copy(received, input.getHeader());
                return super.executeActivity(input);
            }

            @Override
            public <R> LocalActivityOutput<R> executeLocalActivity(LocalActivityInput<R> input) {
                TraceHeader.copy(received, input.getHeader());
                return super.executeLocalActivity(input);
            }
        });
    }

    @Override
    public WorkflowOutput execute(WorkflowInput input) {
        received = input.getHeader();
        return super.execute(input);
    }
}
