package dev.flowmail.workflows.callback;

import org.jspecify.annotations.Nullable;

/**
 * Flow has the answer.
 *
 * @param invokeType what the engine said, e.g. {@code FORWARD} or {@code TOKEN_COMPLETED}; null when it said nothing
 * @param wayBack absolute http(s) address of the page on which the recipient re-joins the flow; null when there is none
 */
public record Reached(@Nullable String invokeType, @Nullable String wayBack) {}
