package dev.flowmail.activities.flow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks values up by their developerName, exactly. Of several with one name the first counts. */
public final class Values {

    private final List<EngineValue> values;

    public Values(List<EngineValue> values) {
        this.values = values;
    }

    /** A scalar; empty when the value is absent, null or {@code ""}. Not trimmed. */
    public Optional<String> text(String developerName) {
        return value(developerName).map(EngineValue::contentValue).filter(text -> !text.isEmpty());
    }

    /** The one object of a {@code ContentObject}: the first of its {@code objectData}; empty when there is none. */
    public Optional<MObject> object(String developerName) {
        return objects(developerName).stream().findFirst();
    }

    /** The objects of a {@code ContentList}; empty when the value is absent or null. */
    public List<MObject> objects(String developerName) {
        return value(developerName).map(EngineValue::objectData).orElse(List.of());
    }

    private Optional<EngineValue> value(String developerName) {
        return values.stream()
                .filter(value -> developerName.equals(value.developerName()))
                .findFirst();
    }

    /** What a list of the wire holds: null means empty, and null elements are nothing. */
    static <T> List<T> present(@Nullable List<? extends @Nullable T> list) {
        return list == null
                ? List.of()
                : List.copyOf(list.stream().filter(Objects::nonNull).toList());
    }
}
