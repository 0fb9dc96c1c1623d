package dev.flowmail.activities.flow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A property of an {@link MObject}. */
public record Property(
        @Nullable String typeElementPropertyId,
        @Nullable String developerName,
        @Nullable String contentType,
        @Nullable String contentValue,
        @Nullable String contentFormat,
        @Nullable List<MObject> objectData) {

    public Property {
        objectData = objectData == null ? null : Values.present(objectData);
    }

    /** A {@code ContentString}. */
    public static Property text(String developerName, @Nullable String contentValue) {
        return new Property(null, developerName, "ContentString", contentValue, null, null);
    }

    /** A {@code ContentDateTime} in UTC, to the second: {@code 2026-01-02T03:04:05Z}. */
    public static Property dateTime(String developerName, @Nullable Instant contentValue) {
        return new Property(null, developerName, "ContentDateTime", EngineValue.isoSeconds(contentValue), null, null);
    }

    /** The name only: values stay out of logs. */
    @Override
    public String toString() {
        return "Property[" + developerName + "]";
    }
}
