package dev.flowmail.verification.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Recipients' clicks, which nobody waits for, and what they were answered. */
final class Clicks {
    private final HttpClient http;
    private final Duration patience;
    private final AtomicLong confirmedLater = new AtomicLong();
    private final Map<String, Boolean> surprises = new ConcurrentHashMap<>();

    Clicks(HttpClient http, Duration patience) {
        this.http = http;
        this.patience = patience;
    }

    /** Submits a form in the background. */
    void click(URI page, String form, int expected) {
        HttpRequest click = HttpRequest.newBuilder(page)
                .timeout(patience)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var ignored = http.sendAsync(click, BodyHandlers.discarding())
                .whenComplete((answer, failure) -> note(failure == null ? answer.statusCode() : 0, expected));
    }

    /** @param status 0 when there was no answer */
    private void note(int status, int expected) {
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
