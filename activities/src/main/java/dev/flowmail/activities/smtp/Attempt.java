package dev.flowmail.activities.smtp;

import dev.flowmail.activities.fairness.Claim;
import dev.flowmail.workflows.mail.Urgency;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a mail as Temporal sees it: how long it may take, what earlier attempts reached, heartbeats while it
 * lasts, and whether it was cancelled. Works for activities of workflows and for standalone ones alike.
 */
final class Attempt implements Claim, AutoCloseable {
    private final Consumer<Progress> heartbeat;
    private final int number;
    private final boolean last;
    private final Priority priority;
    private final long end;
    private final List<Future<?>> timers;
    private volatile Progress progress;
    private final Deaths deaths = new Deaths(this);
    private volatile @Nullable ActivityCompletionException cancelled;
    private volatile @Nullable SmtpConnection connection;

    /**
     * Starts the attempt's clock.
     *
     * @param heartbeats time to the first heartbeat and between them
     */
    Attempt(ActivityExecutionContext context, ScheduledExecutorService clock, Duration heartbeats) {
        this(
                context::heartbeat,
                context.getHeartbeatDetails(Progress.class).orElse(Progress.NONE),
                context.getInfo().getAttempt(),
                isLast(context.getInfo()),
                Objects.requireNonNullElse(context.getInfo().getPriority(), Priority.getDefaultInstance()),
                Budget.of(context.getInfo()),
                clock,
                heartbeats);
    }

    Attempt(
            Consumer<Progress> heartbeat,
            Progress progress,
            int number,
            boolean last,
            Priority priority,
            Duration budget,
            ScheduledExecutorService clock,
            Duration heartbeats) {
        this.heartbeat = heartbeat;
        this.progress = progress;
        this.number = number;
        this.last = last;
        this.priority = priority;
        this.end = System.nanoTime() + budget.toNanos();
        long period = heartbeats.toMillis();
        this.timers = List.of(
                clock.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS),
                clock.schedule(this::timeIsUp, budget.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The only attempt at something that Temporal knows nothing of. */
    static Attempt unrecorded(ScheduledExecutorService clock, Duration budget) {
        return new Attempt(
                progress -> {}, Progress.NONE, 1, true, Priority.getDefaultInstance(), budget, clock, budget);
    }

    /** How long something may take: as long as it usually may, but never beyond the attempt's end; at least 1 ms. */
    int millis(Duration usual) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        return (int) Math.max(1, Math.min(usual.toMillis(), left));
    }

    Progress progress() {
        return progress;
    }

    /** Keeps what was reached. It goes to Temporal with the next heartbeat. */
    void reached(Progress now) {
        progress = now;
    }

    /** Tells Temporal at once what was reached, so that the next attempt knows. */
    void record() {
        heartbeat.accept(progress);
    }

    /** What composing this mail has done to its attempts. */
    Deaths deaths() {
        return deaths;
    }

    /** Which attempt it is, from 1. */
    int number() {
        return number;
    }

    /** As Temporal was told when it was scheduled. */
    @Override
    public String tenant() {
        String key = priority.getFairnessKey();
        return key == null ? "" : key;
    }

    @Override
    public int rank() {
        return priority.getPriorityKey() == 0 ? Urgency.PLAIN_MAIL : priority.getPriorityKey();
    }

    /** Whether nobody will try again after this attempt. */
    boolean isLast() {
        return last;
    }

    private static boolean isLast(ActivityInfo info) {
        int most = info.getRetryOptions() == null ? 0 : info.getRetryOptions().getMaximumAttempts();
        return most > 0 && info.getAttempt() >= most;
    }

    /** The connection to cut when time is up or the attempt is cancelled. */
    void uses(SmtpConnection connection) {
        this.connection = connection;
        if (isCancelled() || isTimeUp()) {
            connection.cut();
        }
    }

    boolean isTimeUp() {
        return System.nanoTime() - end >= 0;
    }

    boolean isCancelled() {
        return cancelled != null;
    }

    /** Ends the attempt when it was cancelled. */
    void throwIfCancelled() {
        if (cancelled != null) {
            throw cancelled;
        }
    }

    @Override
    public void close() {
        connection = null;
        timers.forEach(timer -> timer.cancel(false));
    }

    private void beat() {
        try {
            heartbeat.accept(progress);
        } catch (ActivityWorkerShutdownException drains) {
            // the worker waits for what runs: a mail half sent is a mail sent twice
        } catch (ActivityCompletionException ended) {
            cancelled = ended;
            SmtpConnection used = connection;
            if (used != null) {
                used.cutUnlessSending();
            }
        }
    }

    private void timeIsUp() {
        SmtpConnection used = connection;
        if (used != null) {
            used.cut();
        }
    }
}
