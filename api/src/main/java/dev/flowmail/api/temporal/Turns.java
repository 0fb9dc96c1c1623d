package dev.flowmail.api.temporal;

import io.temporal.common.Priority;
import org.jspecify.annotations.Nullable;

/** Whose turn it is at Temporal's task queues: tenants share them alike, where the server lets them. */
final class Turns {

    /** Bytes of a fairness key; a tenant's plain id has as many characters. */
    private static final int LONGEST_KEY = 64;

    private Turns() {}

    /** @param tenant an id that may stand in clear; null for what is nobody's */
    static Priority of(int urgency, @Nullable String tenant) {
        Priority.Builder priority = Priority.newBuilder().setPriorityKey(urgency);
        if (tenant != null) {
            priority.setFairnessKey(tenant.substring(0, Math.min(tenant.length(), LONGEST_KEY)));
        }
        return priority.build();
    }
}
