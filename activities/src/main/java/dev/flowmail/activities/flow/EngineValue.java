package dev.flowmail.activities.flow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named value of a running flow.
 *
 * @param developerName what values are matched by, exactly
 * @param contentValue a scalar, always as text; null when there is none
 * @param contentType e.g. {@code ContentString}; a request may leave it out
 * @param objectData the objects of a list, or the one object; null when there are none
 */
public record EngineValue(
        @Nullable String valueElementId,
        @Nullable String typeElementId,
        @Nullable String typeElementPropertyId,
        @Nullable String developerName,
        @Nullable String typeElementDeveloperName,
        @Nullable String typeElementPropertyDeveloperName,
        @Nullable String contentValue,
        @Nullable String contentType,
        @Nullable List<MObject> objectData) {

    public EngineValue {
        objectData = objectData == null ? null : Values.present(objectData);
    }

    /** A {@code ContentString}. */
    public static EngineValue text(String developerName, @Nullable String contentValue) {
        return new EngineValue(null, null, null, developerName, null, null, contentValue, "ContentString", null);
    }

    /** A {@code ContentDateTime} in UTC, to the second: {@code 2026-01-02T03:04:05Z}. */
    public static EngineValue dateTime(String developerName, @Nullable Instant contentValue) {
        return new EngineValue(
                null, null, null, developerName, null, null, isoSeconds(contentValue), "ContentDateTime", null);
    }

    /** A {@code ContentList} of objects of an installed type. */
    public static EngineValue list(String developerName, String typeDeveloperName, List<MObject> objects) {
        return new EngineValue(null, null, null, developerName, typeDeveloperName, null, null, "ContentList", objects);
    }

    static @Nullable String isoSeconds(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The name only: values stay out of logs. */
    @Override
    public String toString() {
        return "EngineValue[" + developerName + "]";
    }
}
