package dev.flowmail.api.tracing;

import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.ActivityClientCallsInterceptor;
import io.temporal.common.interceptors.ActivityClientCallsInterceptorBase;
import io.temporal.common.interceptors.ActivityClientInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;

/** Sends the trace of Flow's request along with what it starts. */
public final class ClientTracing extends WorkflowClientInterceptorBase implements ActivityClientInterceptor {

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(WorkflowClientCallsInterceptor next) {
        return new WorkflowClientCallsInterceptorBase(next) {
            @Override
            public WorkflowStartOutput start(WorkflowStartInput input) {
                TraceHeader.write(Context.current(), input.getHeader());
                return super.start(input);
            }
        };
    }

    @Override
    public ActivityClientCallsInterceptor activityClientCallsInterceptor(ActivityClientCallsInterceptor next) {
        return new ActivityClientCallsInterceptorBase(next) {
            @Override
            public StartActivityOutput startActivity(StartActivityInput input) {
                TraceHeader.write(Context.current(), input.getHeader());
                return super.startActivity(input);
            }
        };
    }
}
