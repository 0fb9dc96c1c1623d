package dev.flowmail.activities.flow;

import org.jspecify.annotations.Nullable;

/**
 * What the engine tells of a running flow, as far as Flowmail reads it.
 *
 * @param joinFlowUri the page on which a person re-joins the flow
 */
public record EngineInvokeResponse(@Nullable String joinFlowUri) {}
