package dev.flowmail.workflows.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param status why
 * @param outcome place of the choice that Flow is told; null for a fault
 * @param decidedBy place of the recipient whose answer decided; null when nobody's did
 * @param at when
 * @param reason why an operator withdrew it, in their words; null when nobody said
 */
record Ending(
        Status status,
        @Nullable Integer outcome,
        @Nullable Integer decidedBy,
        Instant at,
        @Nullable String reason) {}
