package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Step.Since;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Has each step done when its time comes. Safe for several threads. */
final class Script {
    private final List<Step> steps;
    private final Consumer<Step> perform;
    private final ExecutorService threads;
    private final List<CompletableFuture<Void>> running = new CopyOnWriteArrayList<>();

    Script(List<Step> steps, Consumer<Step> perform, ExecutorService threads) {
        this.steps = steps;
        this.perform = perform;
        this.threads = threads;
    }

    /**
     * The moment from which some steps are counted is here, or is known.
     *
     * @param ahead how far away it is
     */
    void begin(Since since, Duration ahead) {
        for (Step step : steps) {
            if (step.since() == since) {
                long millis = Math.max(0, ahead.toMillis() + step.millis());
                running.add(CompletableFuture.runAsync(
                        () -> perform.accept(step),
                        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)));
            }
        }
    }

    /** Does something else beside the steps. */
    void run(Runnable task) {
        running.add(CompletableFuture.runAsync(task, threads));
    }

    /** Waits until all that has begun is over; throws what went wrong in it. */
    void awaitEnd() {
        running.forEach(CompletableFuture::join);
    }
}
