package dev.flowmail.activities.flow;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Flow's language setting, e.g. language {@code EN} and country {@code USA}.
 *
 * @param more what else stands there, e.g. newer engines' {@code code}: written as it was read
 */
public record Culture(
        @Nullable String id,
        @Nullable String developerName,
        @Nullable String developerSummary,
        @Nullable String brand,
        @Nullable String language,
        @Nullable String country,
        @Nullable String variant,
        @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> more) {

    public Culture {
        more = more == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** The language, else the language tag that newer engines call {@code code}; null when there is neither. */
    public @Nullable String languageOrCode() {
        return Optional.ofNullable(language)
                .filter(given -> !given.isBlank())
                .orElseGet(() -> more.get("code") instanceof String code ? code : null);
    }
}
