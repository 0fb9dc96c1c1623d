package dev.flowmail.activities.flow;

import org.jspecify.annotations.Nullable;

/**
 * An outcome drawn from the message element. What a page does with it is Flow's own affair and not read.
 *
 * @param id a UUID
 * @param label what people see; null or empty: the developerName
 * @param order place among the outcomes that people see
 */
public record Outcome(
        @Nullable String id,
        @Nullable String developerName,
        @Nullable String label,
        int order) {}
