package dev.flowmail.workflows.callback;

import org.jspecify.annotations.Nullable;

/**
 * Flow has an answer.
 *
 * @param invokeType what the engine said, e.g. {@code FORWARD}, {@code WAIT} or {@code TOKEN_COMPLETED}; null when it said
 *     nothing
 * @param wayBack absolute http(s) address of the page on which the recipient re-joins the flow; null when there is none
 * @param hadBeenAnswered whether the engine said to the first attempt already that the token had been answered: then it has
 *     not gone by this answer; null in histories of before it was kept
 */
public record Reached(
        @Nullable String invokeType,
        @Nullable String wayBack,
        @Nullable Boolean hadBeenAnswered) {}
