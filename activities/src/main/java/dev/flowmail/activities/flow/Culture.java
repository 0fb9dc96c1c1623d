package dev.flowmail.activities.flow;

import org.jspecify.annotations.Nullable;

/** Flow's language setting, e.g. language {@code EN} and country {@code USA}. */
public record Culture(
        @Nullable String id,
        @Nullable String developerName,
        @Nullable String developerSummary,
        @Nullable String brand,
        @Nullable String language,
        @Nullable String country,
        @Nullable String variant) {}
