package dev.flowmail.api.temporal;

import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.mail.AttachmentActivities;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
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

    /** The five by default starve new runs behind sticky work. */
    private static final int WORKFLOW_POLLERS = 20;

    private static final int ACTIVITY_POLLERS = 10;

    /** Workflows that ask: more than get through at the same time ({@link Starts}) wait in Temporal. */
    private static final int NEXUS_POLLERS = 2;

    /** Mails wait for slow servers most of their time. */
    private static final int ACTIVITIES_AT_ONCE = 200;

    private static final int FETCH_POLLERS = 2;

    /** For as many requests, beside the mails: whatever mail servers do, files are fetched. */
    private static final int FETCHES_AT_ONCE = 40;

    private static final int WORKFLOW_TASKS_AT_ONCE = 100;

    /**
     * Each keeps a thread and 40 KB, and most wait for days: what somebody answers is replayed from its short history. Enough
     * for some hundreds that are asked and answered at once: one that is left out meanwhile is replayed with each step.
     */
    private static final int WORKFLOWS_IN_MEMORY = 300;

    /**
     * How long what a worker has in memory waits for that worker before another may take it. A page asks for at most 3 s: with
     * the five by default it would not outlive a worker that has just gone.
     */
    private static final Duration LONGEST_STICKY_WAIT = Duration.ofSeconds(1);

    /**
     * How long workflow code may run at a stretch. After the second by default a busy machine's tasks failed, and were given out again after
     * ten: ours waits for nothing outside, so what takes long is starved and not stuck. Within the ten that Temporal gives a task.
     */
    private static final Duration LONGEST_STRETCH = Duration.ofSeconds(8);

    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final long LONGEST_PAUSE_SECONDS = 10;

    /** Before it, a virtual thread that waits within {@code synchronized} keeps a carrier (JEP 491). */
    private static final int FIRST_JAVA_WITHOUT_PINNING = 24;

    private final WorkflowClient client;
    private final SearchAttributes attributes;
    private final List<Class<?>> workflows;
    private final List<Object> activities;
    private final Runnable rehearsal;
    private final Optional<WorkerDeploymentVersion> version;
    private final Optional<NexusService> nexus;
    private final List<WorkerInterceptor> interceptors;
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
        this(client, attributes, workflows, activities, () -> {}, Optional.empty(), Optional.empty(), interceptors);
    }

    /**
     * @param activities those that fetch files get a task queue, and slots, of their own
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
            Runnable rehearsal,
            Optional<WorkerDeploymentVersion> version,
            Optional<NexusService> nexus,
            WorkerInterceptor... interceptors) {
        this.client = client;
        this.attributes = attributes;
        this.workflows = workflows;
        this.activities = activities;
        this.rehearsal = rehearsal;
        this.version = version;
        this.nexus = nexus;
        this.interceptors = Stream.concat(Stream.of(new FailureLog(), new NoResult()), Arrays.stream(interceptors))
                .toList();
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::startUntilItWorks, "temporal-worker-start");
        thread.setDaemon(true);
        starter = thread;
        thread.start();
    }

    /** Does something once tasks are taken for the first time; at once where they are. */
    public void whenStarted(Runnable action) {
        var ignored = started.thenRun(action);
    }

    private void startUntilItWorks() {
        try {
            long pause = 1;
            while (!tryToStart()) {
                if (stopping.await(pause, TimeUnit.SECONDS)) {
                    return;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryToStart() {
        WorkerFactory factory = null;
        try {
            attributes.register();
            nexus.ifPresent(service -> service.endpoint().prepare());
            factory = create();
            factory.start();
            rehearsal.run();
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

    private WorkerFactory create() {
        boolean isVirtual = Runtime.version().feature() >= FIRST_JAVA_WITHOUT_PINNING;
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(interceptors.toArray(WorkerInterceptor[]::new))
                        .setUsingVirtualWorkflowThreads(isVirtual)
                        .setWorkflowCacheSize(WORKFLOWS_IN_MEMORY)
                        .build());
        Worker worker = factory.newWorker(
                DecisionWorkflow.TASK_QUEUE,
                options(isVirtual)
                        .setMaxConcurrentWorkflowTaskPollers(WORKFLOW_POLLERS)
                        .setMaxConcurrentActivityTaskPollers(ACTIVITY_POLLERS)
                        .setMaxConcurrentNexusTaskPollers(NEXUS_POLLERS)
                        .setMaxConcurrentNexusExecutionSize(Starts.AT_ONCE)
                        .setMaxConcurrentWorkflowTaskExecutionSize(WORKFLOW_TASKS_AT_ONCE)
                        .setMaxConcurrentActivityExecutionSize(ACTIVITIES_AT_ONCE)
                        .setMaxConcurrentLocalActivityExecutionSize(ACTIVITIES_AT_ONCE)
                        .setStickyQueueScheduleToStartTimeout(LONGEST_STICKY_WAIT)
                        .setDefaultDeadlockDetectionTimeout(LONGEST_STRETCH.toMillis())
                        .build());
        nexus.ifPresent(service -> worker.registerNexusServiceImplementation(service.handler()));
        worker.registerWorkflowImplementationTypes(workflows.toArray(Class<?>[]::new));
        worker.registerActivitiesImplementations(activities.stream()
                .filter(one -> !(one instanceof AttachmentActivities))
                .toArray());
        Object[] fetches = activities.stream()
                .filter(AttachmentActivities.class::isInstance)
                .toArray();
        if (fetches.length > 0) {
            factory.newWorker(
                            AttachmentActivities.TASK_QUEUE,
                            options(isVirtual)
                                    .setMaxConcurrentActivityTaskPollers(FETCH_POLLERS)
                                    .setMaxConcurrentActivityExecutionSize(FETCHES_AT_ONCE)
                                    .build())
                    .registerActivitiesImplementations(fetches);
        }
        return factory;
    }

    private WorkerOptions.Builder options(boolean isVirtual) {
        WorkerOptions.Builder options = WorkerOptions.newBuilder()
                .setUsingVirtualThreads(isVirtual)
                // a long mail goes on while the worker drains, and must stay alive in Temporal's eyes
                .setAllowActivityHeartbeatDuringShutdown(true);
        version.ifPresent(one -> options.setDeploymentOptions(WorkerDeploymentOptions.newBuilder()
                .setUseVersioning(true)
                .setVersion(one)
                // a request waits for weeks, longer than versions are kept running: it goes on in the current one
                .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
                .build()));
        return options;
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
