package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A budget of memory for taking large bodies apart, as the door has one for reading them. Who finds no room goes back to
 * Temporal, which is the queue. Safe for several threads.
 */
final class ComposingRoom {
    /** One for the process, as its memory is. */
    static final ComposingRoom SHARED = new ComposingRoom(Runtime.getRuntime().maxMemory() / 4);

    private static final int KIBIBYTE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    /** A body is held as it was, taken apart, and written anew; most have an element in 20 to 50 bytes. */
    private static final int TIMES_ITS_SIZE = 30;

    /** An element and its copy, estimated. */
    private static final int BYTES_FOR_AN_ELEMENT = 500;

    private final int kibibytes;
    private final Semaphore free;

    ComposingRoom(long bytes) {
        kibibytes = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / KIBIBYTE));
        free = new Semaphore(kibibytes);
    }

    /** What needs the room. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * Works once there is room, and waits for it for a moment. A body that needs more than all there is gets all, and so does one that an attempt has
     * died of.
     *
     * @param size of the bodies in bytes
     * @throws ApplicationFailure when there is none for now
     */
    void within(long size, Attempt attempt, Work work) throws IOException {
        int share =
                attempt.deaths().isAlone() ? kibibytes : (int) Math.min(size * TIMES_ITS_SIZE / KIBIBYTE, kibibytes);
        if (!isFree(share, Duration.ofMillis(attempt.millis(PATIENCE)))) {
            throw ApplicationFailure.newBuilder()
                    .setMessage("Other large mails are being composed: this one waits for its turn")
                    .setType(MailFailure.SMTP_UNAVAILABLE)
                    .setNextRetryDelay(AGAIN)
                    .build();
        }
        try {
            work.run();
        } finally {
            free.release(share);
        }
    }

    /** Refuses a body that could never be taken apart in this process's memory. */
    void requireReasonable(@Nullable String html) {
        long elements =
                html == null ? 0 : html.chars().filter(mark -> mark == '<').count() / 2;
        if (elements * BYTES_FOR_AN_ELEMENT / KIBIBYTE > 2L * kibibytes) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "HTML Body has about " + elements
                            + " elements, more than fit into this Flowmail's memory; send less"
                            + " markup, or send it as an attachment",
                    MailFailure.BODY_REFUSED);
        }
    }

    private boolean isFree(int share, Duration patience) {
        try {
            return free.tryAcquire(share, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
