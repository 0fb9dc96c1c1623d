package dev.flowmail.api.temporal;

import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.mail.AttachmentActivities;
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
import java.util.List;
import java.util.Optional;

/**
 * How much the workers of both task queues do at once.
 *
 * @param activities those that fetch files get a task queue, and slots, of their own
 */
record Workers(
        WorkflowClient client,
        List<Class<?>> workflows,
        List<Object> activities,
        Optional<WorkerDeploymentVersion> version,
        Optional<NexusService> nexus,
        List<WorkerInterceptor> interceptors) {

    /** The five by default starve new runs behind sticky work. */
    private static final int WORKFLOW_POLLERS = 20;

    private static final int ACTIVITY_POLLERS = 10;

    /** Workflows that ask: more than get through at the same time ({@link Starts}) wait in Temporal. */
    private static final int NEXUS_POLLERS = 2;

    /** Mails wait for slow servers most of their time; with the usual connections one server takes a quarter of them at most. */
    private static final int ACTIVITIES_AT_ONCE = 400;

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

    /** Before it, a virtual thread that waits within {@code synchronized} keeps a carrier (JEP 491). */
    private static final int FIRST_JAVA_WITHOUT_PINNING = 24;

    /** Not started yet. */
    WorkerFactory create() {
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
}
