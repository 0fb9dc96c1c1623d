package dev.flowmail.api.interceptors;

import dev.flowmail.workflows.receipt.ReceiptFacts;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shared base of the activity interceptors: which attempt this is, and of what kind a failure was. */
public abstract class ActivityInterceptor extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityInfo info;

    protected ActivityInterceptor(ActivityInboundCallsInterceptor next) {
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

    /** What an activity or a workflow is told; null when nothing. */
    public static @Nullable Object firstOf(Object[] arguments) {
        return arguments.length == 0 ? null : arguments[0];
    }

    /**
     * How a request of a workflow has ended, which Temporal has recorded: its receipt is signed by an activity that is none of a
     * workflow task, unlike the receipt of which Flow is told. Empty for all else.
     */
    protected final Optional<ReceiptFacts> endForWorkflow(@Nullable Object argument) {
        return argument instanceof ReceiptFacts facts && !info().isLocal() ? Optional.of(facts) : Optional.empty();
    }

    /** E.g. {@code FlowUnreachable}. Its words are not for others: they may name an address. */
    protected static String kind(Throwable failure) {
        return failure instanceof ApplicationFailure application
                ? application.getType()
                : failure.getClass().getSimpleName();
    }
}
