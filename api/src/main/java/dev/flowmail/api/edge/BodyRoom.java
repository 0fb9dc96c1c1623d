package dev.flowmail.api.edge;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What the bodies of all requests that are being worked on may take together, counted in KiB as they arrive: what is merely
 * announced takes nothing.
 */
final class BodyRoom {

    static final int KIBIBYTE = 1024;

    /** Reading a body takes several times its size; a sixteenth of the heap leaves the rest alone. */
    private static final int SHARE_OF_HEAP = 16;

    private static final int LEAST = 2 * Body.Limit.JSON.bytes() / KIBIBYTE;

    /** A large body's turn may come soon; the wait is a caller's, and short. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final Semaphore kibibytes;
    private final Semaphore waiters = new Semaphore(10);

    /** @param heap in bytes */
    BodyRoom(long heap) {
        long share = heap / SHARE_OF_HEAP / KIBIBYTE;
        kibibytes = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(LEAST, share)));
    }

    boolean take(int count) {
        return kibibytes.tryAcquire(count) || isFreeSoon(count);
    }

    private boolean isFreeSoon(int count) {
        if (!waiters.tryAcquire()) {
            return false;
        }
        try {
            return kibibytes.tryAcquire(count, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters.release();
        }
    }

    void giveBack(int count) {
        kibibytes.release(count);
    }
}
