package dev.flowmail.workflows.callback;

import org.jspecify.annotations.Nullable;

/**
 * The running flow that waits for an answer, as its request named it.
 *
 * @param tenantId the flow's tenant
 * @param stateId the running flow; null when the request names none
 * @param token good for one answer
 * @param callbackUri absolute http(s) address that takes the answer
 * @param joinPlayerUri the page on which a person re-joins the flow; null when the request names none
 * @param who the {@code Authorization} header to send back, already encoded
 */
public record FlowReference(
        String tenantId,
        @Nullable String stateId,
        String token,
        String callbackUri,
        @Nullable String joinPlayerUri,
        String who) {

    /** Tenant and state only. */
    @Override
    public String toString() {
        return "FlowReference[" + tenantId + " " + stateId + "]";
    }
}
