package dev.flowmail.verification.drill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What is to be done now, later or again and again. A mistake of the drill's own must not pass for silence. */
final class Tasks implements AutoCloseable {
    /** Enough for all that waits while something hangs: who is not served must not keep the others from asking. */
    private static final int THREADS = 200;

    private final List<String> surprises;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });

    /** @param surprises where mistakes go, as sentences */
    Tasks(List<String> surprises) {
        this.surprises = surprises;
    }

    void now(Runnable task) {
        threads.execute(guarded(task));
    }

    void later(Runnable task, Duration pause) {
        var ignored = threads.schedule(guarded(task), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins at once, and begins so often whatever it takes. */
    ScheduledFuture<?> every(Duration period, Runnable task) {
        return threads.scheduleAtFixedRate(guarded(task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins at once, and pauses after each time. */
    ScheduledFuture<?> withPauses(Duration pause, Runnable task) {
        return threads.scheduleWithFixedDelay(guarded(task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                surprises.add("The drill itself failed: " + e);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
