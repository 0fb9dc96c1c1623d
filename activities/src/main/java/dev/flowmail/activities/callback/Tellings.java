package dev.flowmail.activities.callback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.workflows.callback.Reached;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What this process has told Flow lately, by request: so that it tells no request twice, and a page that has just been asked
 * for need not ask Temporal what came of a callback. Kept in memory, for ten minutes. Safe for several threads.
 */
public final class Tellings {
    private final Cache<String, Telling> tellings = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build();

    /** One request's: waited for, under way or done. */
    private static final class Telling {
        private CompletableFuture<Optional<Told>> end = new CompletableFuture<>();

        synchronized CompletableFuture<Optional<Told>> end() {
            return end;
        }

        /** A further attempt, after one that failed. */
        synchronized void begins() {
            if (end.isDone() && end.join().isEmpty()) {
                end = new CompletableFuture<>();
            }
        }
    }

    /** @param what an outcome's id or a fault's code */
    record Told(@Nullable String what, Reached reached) {}

    void begins(String requestId) {
        telling(requestId).begins();
    }

    void taken(String requestId, Told told) {
        telling(requestId).end().complete(Optional.of(told));
    }

    void failed(String requestId) {
        telling(requestId).end().complete(Optional.empty());
    }

    /** What Flow took for a request; empty when this process does not know of any. */
    Optional<Told> told(String requestId) {
        return Optional.ofNullable(tellings.getIfPresent(requestId))
                .flatMap(telling -> telling.end().getNow(Optional.empty()));
    }

    /**
     * Waits until this process has told Flow how a request ended; not longer than an attempt takes.
     *
     * @return empty when an attempt failed, or time is up
     */
    public Optional<Reached> await(String requestId, Duration patience) {
        try {
            return telling(requestId)
                    .end()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .map(Told::reached);
        } catch (TimeoutException later) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Telling telling(String requestId) {
        return tellings.get(requestId, id -> new Telling());
    }
}
