package dev.flowmail.api.decisions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A question to Temporal about one request, whose answer those are told too who look meanwhile. */
final class Look {

    private final long begun;
    private final int moves;
    private final boolean isAfterEnd;
    private final CompletableFuture<Standing> answer = new CompletableFuture<>();

    /** Whatever comes meanwhile, the end is the end. */
    private volatile boolean awaitsEnd;

    /**
     * @param begun when, in nanoseconds of the memory's clock
     * @param moves of the request before it
     * @param isAfterEnd whether the request's end was recorded before it
     */
    Look(long begun, int moves, boolean isAfterEnd) {
        this.begun = begun;
        this.moves = moves;
        this.isAfterEnd = isAfterEnd;
    }

    long begun() {
        return begun;
    }

    int moves() {
        return moves;
    }

    boolean isAfterEnd() {
        return isAfterEnd;
    }

    boolean awaitsEnd() {
        return awaitsEnd;
    }

    /** From now on it waits for the end that this process's worker is to come to. */
    void awaitEnd() {
        awaitsEnd = true;
    }

    /** Asks, and tells the others what came of it: the answer, or why there is none. */
    Standing answer(Supplier<Standing> question) {
        try {
            Standing standing = question.get();
            answer.complete(standing);
            return standing;
        } catch (RuntimeException | Error failure) {
            answer.completeExceptionally(failure);
            throw failure;
        }
    }

    /** What came of it. Whoever asks stops after 3 s, and so do those who wait with it. */
    Standing join() {
        try {
            return answer.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }
}
