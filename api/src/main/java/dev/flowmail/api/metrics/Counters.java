package dev.flowmail.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One counter for each value of an enum, the label. All are there from the start: a rate over a counter that appears with
 * its first event does not see that event.
 */
final class Counters<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    /** @param label its values are the enum's constants in lower case */
    Counters(MeterRegistry registry, String name, String description, Tags tags, String label, Class<E> values) {
        counters = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            counters.put(
                    value,
                    Counter.builder(name)
                            .description(description)
                            .tags(tags.and(label, labelOf(value)))
                            .register(registry));
        }
    }

    void count(E value) {
        Objects.requireNonNull(counters.get(value)).increment();
    }

    static String labelOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
