package dev.flowmail.api.attempts;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An attempt of an activity, for whoever watches it: which one it is, and of what kind a failure was. */
public abstract class Attempt extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityInfo info;

    protected Attempt(ActivityInboundCallsInterceptor next) {
        super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
        info = context.getInfo();
        super.init(context);
    }

    /** Known once the attempt begins. */
    protected final ActivityInfo info() {
        return Objects.requireNonNull(info);
    }

    /** The workflow's id, or that of an activity which stands alone. */
    protected final String request() {
        String workflow = info().getWorkflowId();
        return workflow == null ? info().getActivityId() : workflow;
    }

    /** E.g. {@code FlowUnreachable}. Its words are not for others: they may name an address. */
    protected static String kind(Throwable failure) {
        return failure instanceof ApplicationFailure application
                ? application.getType()
                : failure.getClass().getSimpleName();
    }
}
