package dev.flowmail.api.temporal;

import dev.flowmail.api.codec.PayloadJson;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;

/** Lets a run that has nothing to return, since Flow has asked, end without a result: nobody needs a key to wait for its end. */
final class NoResult extends WorkerInterceptorBase {

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public WorkflowOutput execute(WorkflowInput input) {
                WorkflowOutput output = super.execute(input);
                return output.getResult() == null ? new WorkflowOutput(PayloadJson.NO_RESULT) : output;
            }
        };
    }
}
