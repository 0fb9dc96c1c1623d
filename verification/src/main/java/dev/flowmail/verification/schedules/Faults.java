package dev.flowmail.verification.schedules;

import java.util.ArrayList;
import java.util.List;

/** Sentences that say what should not have become of a request. */
final class Faults {
    private final List<String> all = new ArrayList<>();

    void require(boolean condition, String otherwise) {
        if (!condition) {
            all.add(otherwise);
        }
    }

    /** None when all is well. */
    List<String> all() {
        return List.copyOf(all);
    }
}
