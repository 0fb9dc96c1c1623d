package dev.flowmail.activities.flow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An outcome drawn from the message element. What else a page does with it is Flow's own affair and not read.
 *
 * @param id a UUID
 * @param label what people see; null or empty: the developerName
 * @param order place among the outcomes that people see
 * @param pageActionType what the flow's builder says of it, e.g. {@code SAVE}: free text in any case
 * @param attributes e.g. {@code type}: the class of a button, such as {@code btn-danger}
 */
public record Outcome(
        @Nullable String id,
        @Nullable String developerName,
        @Nullable String label,
        int order,
        @Nullable String pageActionType,
        @Nullable Map<String, @Nullable Object> attributes) {

    private static final String FAULT_NAME = "FAULT";
    private static final String FAULT_ID = "318B0F3A-A570-4C5D-835C-21C1EEB17787";

    /** Whether Flow follows it when the message fails: nobody chooses it. */
    public boolean forFaults() {
        return (developerName != null && developerName.strip().equalsIgnoreCase(FAULT_NAME))
                || (id != null && id.strip().equalsIgnoreCase(FAULT_ID));
    }
}
