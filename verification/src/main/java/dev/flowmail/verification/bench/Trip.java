package dev.flowmail.verification.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request on its way, by the times ({@link Clock}) at which it got somewhere. */
final class Trip {
    /** A lost task comes again after 60 s. */
    static final long PATIENCE_SECONDS = 150;

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

    /** Waits for the mail. */
    Mailed awaitMail() {
        return await(mailed);
    }

    /** Waits for the callback. */
    void awaitCall() {
        var ignored = await(called);
    }

    private <T> T await(CompletableFuture<T> what) {
        try {
            return what.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(id + " got no further for " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
