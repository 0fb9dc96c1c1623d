package dev.flowmail.verification.programs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
public final class Pause {

    private Pause() {}

    public static void millis(long millis) {
        nanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    public static void of(Duration time) {
        nanos(time.toNanos());
    }

    /** None or fewer is no pause. */
    public static void nanos(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
