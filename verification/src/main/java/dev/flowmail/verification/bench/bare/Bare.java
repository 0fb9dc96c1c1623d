package dev.flowmail.verification.bench.bare;

import dev.flowmail.verification.bench.Clock;
import dev.flowmail.verification.bench.Lines;
import io.temporal.client.ActivityClient;
import io.temporal.client.StartActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The bare worker and the bare client, each in a process of its own: then the worker's CPU is the worker's alone.
 *
 * <p>Events are lines. The worker says {@code mailed TIME ID} when the first activity runs and {@code called TIME ID} when the
 * second does. The client is told {@code ask ID}, {@code send ID}, {@code answer ID} and {@code histories TYPE SECONDS}; it
 * says {@code accepted MICROSECONDS ID} when a start has returned, {@code history EVENTS BYTES ACTIONS}, {@code done}, and
 * {@code failed ID WHY}.
 */
public final class Bare {
    /** The type of the bare workflow. */
    public static final String WORKFLOW = "BenchBare";

    private static final String TASK_QUEUE = "flowmail-bench";

    private Bare() {}

    /** Takes tasks until its standard input ends. */
    public static void work(String temporal, Lines lines) {
        // all options are the SDK's defaults
        WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(stubs(temporal)));
        Worker worker = factory.newWorker(TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(BareWorkflowImpl.class);
        worker.registerActivitiesImplementations(new Reporting(lines));
        factory.start();
        lines.say("ready");
        lines.obey(command -> {});
    }

    private static final class Reporting implements BareActivities {
        private final Lines lines;

        Reporting(Lines lines) {
            this.lines = lines;
        }

        @Override
        public void first(String id) {
            lines.say("mailed", Clock.micros(), id);
        }

        @Override
        public void second(String id) {
            lines.say("called", Clock.micros(), id);
        }
    }

    /** Starts and signals what it is told to until its standard input ends. */
    public static void call(String temporal, Lines lines) {
        WorkflowServiceStubs stubs = stubs(temporal);
        WorkflowClient workflows = WorkflowClient.newInstance(stubs);
        ActivityClient activities = ActivityClient.newInstance(stubs);
        Histories histories = new Histories(workflows, lines);
        // the bench never has more calls open than it has callers
        Executor threads = Executors.newCachedThreadPool();
        lines.say("ready");
        lines.obey(command -> threads.execute(() -> {
            String id = command[1];
            try {
                switch (command[0]) {
                    case "ask" -> timed(lines, id, () -> ask(workflows, id));
                    case "send" -> timed(lines, id, () -> send(activities, id));
                    case "answer" ->
                        workflows.newWorkflowStub(BareWorkflow.class, id).decide("yes");
                    case "histories" -> histories.tell(id, Long.parseLong(command[2]));
                    default -> throw new IllegalArgumentException(command[0]);
                }
            } catch (RuntimeException e) {
                lines.say("failed", id, String.valueOf(e.getMessage()).replaceAll("\\s+", "_"));
            }
        }));
    }

    private static void timed(Lines lines, String id, Runnable call) {
        long start = System.nanoTime();
        call.run();
        lines.say("accepted", (System.nanoTime() - start) / 1_000, id);
    }

    private static void ask(WorkflowClient client, String id) {
        BareWorkflow workflow = client.newWorkflowStub(
                BareWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(TASK_QUEUE)
                        .build());
        var ignored = WorkflowClient.start(workflow::run, id);
    }

    private static void send(ActivityClient client, String id) {
        var ignored = client.start(
                BareActivities.class,
                BareActivities::first,
                StartActivityOptions.newBuilder()
                        .setId(id)
                        .setTaskQueue(TASK_QUEUE)
                        .setStartToCloseTimeout(BareActivities.LONGEST)
                        .build(),
                id);
    }

    private static WorkflowServiceStubs stubs(String temporal) {
        return WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
    }
}
