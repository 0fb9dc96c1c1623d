package dev.flowmail.api.temporal;

import io.grpc.Context.CancellableContext;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Wakes a thread that calls Temporal at the call's limit: before the first answer of a server the SDK sleeps up to 3 s between its
 * attempts.
 */
final class CallAlarm {

    /** Watches the limits of all calls. */
    static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "temporal-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Thread sleeper = Thread.currentThread();
    private final long begun = System.nanoTime();
    private final CancellableContext context;
    private final Duration longest;
    private final BooleanSupplier isMoving;
    private ScheduledFuture<?> ringing;
    private boolean isOver;
    private boolean hasRung;

    CallAlarm(CancellableContext context, Duration limit, Duration longest, BooleanSupplier isMoving) {
        this.context = context;
        this.longest = longest;
        this.isMoving = isMoving;
        this.ringing = after(limit);
    }

    private ScheduledFuture<?> after(Duration pause) {
        return DEADLINES.schedule(this::ring, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void ring() {
        if (isOver) {
            return;
        }
        if (System.nanoTime() - begun < longest.toNanos() && isMoving.getAsBoolean()) {
            ringing = after(PAUSE);
            return;
        }
        hasRung = true;
        context.cancel(null);
        sleeper.interrupt();
    }

    synchronized boolean hasRung() {
        return hasRung;
    }

    /** Leaves no interruption of its own behind. */
    synchronized void stop() {
        isOver = true;
        ringing.cancel(false);
        if (hasRung) {
            var ignored = Thread.interrupted();
        }
    }
}
