package dev.flowmail.activities.smtp;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads that watch over mails on their way: heartbeats, ends of time, blocked writes. */
final class Clock {
    /** A heartbeat may wait for Temporal, and must not hold up the rest. */
    private static final int THREADS = 4;

    private Clock() {}

    static ScheduledExecutorService start() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "mail-clock");
            thread.setDaemon(true);
            return thread;
        });
        // each write sets and cancels a timer
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
