package dev.flowmail.api.decisions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Where answers are handed over and waited for: while Temporal is busy that takes seconds, and the web server's own threads are
 * for those who look. Where all are taken, whoever brings the next answer lends their thread.
 */
@Component
final class SubmissionThreads implements AutoCloseable {

    private static final int MOST = 256;

    private static final long LONGEST_IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    SubmissionThreads() {
        this(MOST);
    }

    SubmissionThreads(int most) {
        this.threads = new ThreadPoolExecutor(
                0,
                most,
                LONGEST_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                SubmissionThreads::daemon,
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "submission");
        thread.setDaemon(true);
        return thread;
    }

    <T> CompletableFuture<T> run(Supplier<T> submission) {
        return CompletableFuture.supplyAsync(submission, threads);
    }

    /** The web server has let all come to their end by then. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
