package dev.flowmail.api.temporal;

import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The worker of the task queue {@code flowmail}. It is started in the background, again and again until Temporal answers,
 * so that Flowmail starts without Temporal too. It stops after the web server and before the embedded Temporal, and lets
 * activities that run come to their end: a mail that is cut off would be sent twice.
 */
public final class TemporalWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalWorker.class);

    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final long LONGEST_PAUSE_SECONDS = 10;

    private final Workers workers;
    private final SearchAttributes attributes;
    private final Runnable preparation;
    private final Runnable rehearsal;
    private final Optional<NexusService> nexus;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<TemporalWorker> started = new CompletableFuture<>();

    private volatile @Nullable WorkerFactory running;
    private volatile @Nullable Thread starter;

    /** Ready as soon as it takes tasks. */
    public TemporalWorker(
            WorkflowClient client,
            SearchAttributes attributes,
            List<Class<?>> workflows,
            List<Object> activities,
            WorkerInterceptor... interceptors) {
        this(
                client,
                attributes,
                workflows,
                activities,
                () -> {},
                () -> {},
                Optional.empty(),
                Optional.empty(),
                interceptors);
    }

    /**
     * @param activities those that fetch files get a task queue, and slots, of their own
     * @param preparation what is done while Temporal is being reached, before it counts as started
     * @param rehearsal what is done once it takes tasks, before it counts as started
     * @param version by which Temporal knows whose tasks are whose; without it every worker gets all
     * @param nexus what other workflows may call; empty for nothing
     * @param interceptors see every activity, besides the log
     */
    public TemporalWorker(
            WorkflowClient client,
            SearchAttributes attributes,
            List<Class<?>> workflows,
            List<Object> activities,
            Runnable preparation,
            Runnable rehearsal,
            Optional<WorkerDeploymentVersion> version,
            Optional<NexusService> nexus,
            WorkerInterceptor... interceptors) {
        this.workers = new Workers(
                client,
                workflows,
                activities,
                version,
                nexus,
                Stream.concat(Stream.of(new FailureLog(), new NoResult()), Arrays.stream(interceptors))
                        .toList());
        this.attributes = attributes;
        this.preparation = preparation;
        this.rehearsal = rehearsal;
        this.nexus = nexus;
    }

    @Override
    public void start() {
        Thread thread = daemon(this::startUntilItWorks);
        starter = thread;
        thread.start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "temporal-worker-start");
        thread.setDaemon(true);
        return thread;
    }

    /** Does something once tasks are taken for the first time; at once where they are. */
    public void whenStarted(Runnable action) {
        var ignored = started.thenRun(action);
    }

    private void startUntilItWorks() {
        CompletableFuture<Void> prepared =
                CompletableFuture.runAsync(preparation, task -> daemon(task).start());
        try {
            long pause = 1;
            while (!tryToStart(prepared)) {
                if (stopping.await(pause, TimeUnit.SECONDS)) {
                    return;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryToStart(CompletableFuture<Void> prepared) {
        WorkerFactory factory = null;
        try {
            attributes.register();
            nexus.ifPresent(service -> service.endpoint().prepare());
            factory = workers.create();
            factory.start();
            rehearsal.run();
            prepared.join();
            keep(factory);
            LOG.info("Worker started on task queue {}", DecisionWorkflow.TASK_QUEUE);
            started.complete(this);
            return true;
        } catch (RuntimeException failure) {
            if (factory != null) {
                factory.shutdownNow();
            }
            if (stopping.getCount() > 0) {
                LOG.warn("Temporal cannot be used yet, trying again: {}", reason(failure));
            }
            return false;
        }
    }

    private synchronized void keep(WorkerFactory factory) {
        if (stopping.getCount() == 0) {
            factory.shutdownNow();
            return;
        }
        running = factory;
    }

    private static String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return status.getStatus().getCode() + " " + status.getStatus().getDescription();
            }
        }
        return failure.toString();
    }

    /** Whether the worker takes tasks, and has rehearsed. */
    public boolean isStarted() {
        return running != null;
    }

    @Override
    public void stop() {
        stopping.countDown();
        Thread thread = starter;
        if (thread != null) {
            thread.interrupt();
        }
        starter = null;
        drain();
    }

    private void drain() {
        WorkerFactory factory = taken();
        if (factory == null) {
            return;
        }
        LOG.info("Letting mails and callbacks in flight come to their end, at most {} min", DRAIN.toMinutes());
        factory.shutdown();
        factory.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS);
        if (!factory.isTerminated()) {
            LOG.warn("Some mails or callbacks have not come to their end: Temporal will run them again");
        }
    }

    private synchronized @Nullable WorkerFactory taken() {
        WorkerFactory factory = running;
        running = null;
        return factory;
    }

    @Override
    public boolean isRunning() {
        return starter != null;
    }

    /** After the embedded Temporal, before the web server; stopped the other way round. */
    @Override
    public int getPhase() {
        return 0;
    }
}
