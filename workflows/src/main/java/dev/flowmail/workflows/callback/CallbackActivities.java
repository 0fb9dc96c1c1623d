package dev.flowmail.workflows.callback;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Tells Flow. */
@ActivityInterface
public interface CallbackActivities {

    /**
     * POSTs the late answer to Flow's callback address. A 2xx is success whatever the engine says, {@code TOKEN_COMPLETED}
     * (the token was answered before) included, but {@code BUSY} and {@code NOT_ALLOWED}.
     *
     * <p>Fails for good with an {@code ApplicationFailure} of type {@link #FLOW_REFUSED} on {@code NOT_ALLOWED}, on a 4xx
     * other than 408, 409, 425 and 429, and on an address that may not be dialled; with the retryable
     * {@link #FLOW_UNREACHABLE} on anything else.
     */
    @ActivityMethod(name = "CallBack")
    Reached callBack(LateAnswer answer);

    /** Flow will not take this answer, however often it is sent. */
    String FLOW_REFUSED = "FlowRefused";

    /** Flow did not take the answer this time. */
    String FLOW_UNREACHABLE = "FlowUnreachable";
}
