package dev.flowmail.verification.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What recipients' clicks were answered. */
final class Clicks {
    private final AtomicLong confirmedLater = new AtomicLong();
    private final Map<String, Boolean> surprises = new ConcurrentHashMap<>();

    /** @param status 0 when there was no answer */
    void note(int status, int expected) {
        if (status == 202) {
            confirmedLater.incrementAndGet();
        } else if (status != expected) {
            surprises.put("A click was answered " + status + ", not " + expected, true);
        }
    }

    /** How many were recorded, but their page could not yet say what came of it (202). */
    long confirmedLater() {
        return confirmedLater.get();
    }

    /** What no click should be answered. */
    List<String> surprises() {
        return List.copyOf(surprises.keySet());
    }
}
