package dev.flowmail.api.temporal;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which activity failed, by type and id. Why it failed may name an address: that stands, encrypted, in Temporal. */
final class FailureLog extends WorkerInterceptorBase {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Activity(next);
    }

    private static final class Activity extends ActivityInboundCallsInterceptorBase {
        private @Nullable ActivityInfo info;

        Activity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            info = context.getInfo();
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            try {
                return super.execute(input);
            } catch (RuntimeException | Error failure) {
                if (info != null) {
                    LOG.warn(
                            "{} {} failed, attempt {}: {}",
                            info.getActivityType(),
                            info.getWorkflowId() == null ? info.getActivityId() : info.getWorkflowId(),
                            info.getAttempt(),
                            kind(failure));
                }
                throw failure;
            }
        }

        private static String kind(Throwable failure) {
            return failure instanceof ApplicationFailure application
                    ? application.getType()
                    : failure.getClass().getSimpleName();
        }
    }
}
