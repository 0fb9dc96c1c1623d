package dev.flowmail.verification.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened, with times in milliseconds since the request was accepted. Safe for several threads. */
final class Journal {
    private final Instant start = Instant.now();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    void note(String what) {
        lines.add("  %6d  %s".formatted(Duration.between(start, Instant.now()).toMillis(), what));
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
