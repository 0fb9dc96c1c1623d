package dev.flowmail.api.temporal;

import dev.flowmail.api.interceptors.ActivityInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which activity failed, by type and id. Why it failed may name an address: that stands, encrypted, in Temporal. */
final class FailureLog extends WorkerInterceptorBase {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Activity(next);
    }

    private static final class Activity extends ActivityInterceptor {
        Activity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            try {
                return super.execute(input);
            } catch (RuntimeException | Error failure) {
                LOG.warn(
                        "{} {} failed, attempt {}: {}",
                        info().getActivityType(),
                        request(),
                        info().getAttempt(),
                        kind(failure));
                throw failure;
            }
        }
    }
}
