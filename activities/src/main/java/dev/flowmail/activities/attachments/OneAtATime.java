package dev.flowmail.activities.attachments;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The mails of one request go out together: one of them does what all need, and the others wait. Safe for several threads. */
final class OneAtATime {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final LoadingCache<String, Lock> atWork =
            Caffeine.newBuilder().weakValues().build(file -> new ReentrantLock());

    /**
     * Does it, once nobody else does it.
     *
     * @param file what it is done to
     * @param what it is, for messages
     */
    void once(String file, String what, Doing doing) throws IOException {
        Lock lock = atWork.get(file);
        if (!isLocked(lock)) {
            throw FetchFailedException.forNow("another mail of this request is still " + what);
        }
        try {
            doing.run();
        } finally {
            lock.unlock();
        }
    }

    interface Doing {
        void run() throws IOException;
    }

    private static boolean isLocked(Lock lock) {
        try {
            return lock.tryLock(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
