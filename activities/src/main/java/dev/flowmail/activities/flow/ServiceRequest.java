package dev.flowmail.activities.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Flow asks of an action. Properties that Flowmail has no use for (authorization, annotations, attributes) are not
 * read.
 *
 * @param joinPlayerUri the page on which a person re-joins the running flow
 * @param token good for one answer
 * @param callbackUri where the late answer goes
 * @param executionMode null or empty for a normal run; see {@link #debug()}
 */
public record ServiceRequest(
        @Nullable String joinPlayerUri,
        @Nullable String playerUri,
        @Nullable String uri,
        List<EngineValue> inputs,
        List<Outcome> outcomes,
        @Nullable String token,
        @Nullable String tenantId,
        @Nullable String stateId,
        @Nullable String callbackUri,
        @Nullable Culture culture,
        @Nullable String executionMode,
        List<EngineValue> configurationValues) {

    public ServiceRequest {
        inputs = Values.present(inputs);
        outcomes = Values.present(outcomes);
        configurationValues = Values.present(configurationValues);
    }

    /** The inputs by name. */
    public Values input() {
        return new Values(inputs);
    }

    /** The configuration values by name. */
    public Values configuration() {
        return new Values(configurationValues);
    }

    /** Whether a flow builder waits for the mail server's verdict: {@code DEBUG} or {@code DEBUG_STEPTHROUGH}. */
    public boolean debug() {
        return "DEBUG".equals(executionMode) || "DEBUG_STEPTHROUGH".equals(executionMode);
    }

    /** Tenant and state only. */
    @Override
    public String toString() {
        return "ServiceRequest[" + tenantId + " " + stateId + "]";
    }
}
