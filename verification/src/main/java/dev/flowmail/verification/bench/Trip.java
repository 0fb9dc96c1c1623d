package dev.flowmail.verification.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One request on its way, by the times ({@link Clock}) at which it got somewhere. */
final class Trip {
    final String id;
    final long begun = Clock.micros();

    /** Completes with the time of the mail; the bare worker's first activity stands for it. */
    final CompletableFuture<Mailed> mailed = new CompletableFuture<>();

    /** Completes with the fresh code that was mailed; where none is asked for, never. */
    final CompletableFuture<String> code = new CompletableFuture<>();

    /** Completes with the time of the callback; the bare worker's second activity stands for it. */
    final CompletableFuture<Long> called = new CompletableFuture<>();

    volatile long acceptMicros;
    volatile long clicked;

    Trip(String id) {
        this.id = id;
    }

    /** @param links what can be clicked, in order; {@code -} for none */
    record Mailed(long at, List<String> links) {

        String link() {
            return links.get(0);
        }
    }

    double acceptMillis() {
        return acceptMicros / 1_000.0;
    }

    double requestToMailMillis() {
        return (mailed.join().at() - begun) / 1_000.0;
    }

    double clickToCallbackMillis() {
        return (called.join() - clicked) / 1_000.0;
    }
}
