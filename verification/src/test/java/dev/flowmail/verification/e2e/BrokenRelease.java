package dev.flowmail.verification.e2e;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A worker in Flowmail's place whose workflow takes other steps than those that waiting requests have taken. */
final class BrokenRelease implements AutoCloseable {
    private final WorkflowServiceStubs temporal;
    private final WorkerFactory workers;

    BrokenRelease(String address) {
        temporal = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        workers = WorkerFactory.newInstance(WorkflowClient.newInstance(temporal));
        workers.newWorker("flowmail").registerWorkflowImplementationTypes(NoSteps.class);
    }

    void start() {
        workers.start();
    }

    /** Has the name of Flowmail's own. */
    @WorkflowInterface
    public interface DecisionWorkflow {
        @WorkflowMethod(name = "DecisionWorkflow")
        void run();
    }

    /** Sends no mail and waits for nobody. */
    public static final class NoSteps implements DecisionWorkflow {
        @Override
        public void run() {
            // what waits has a history of more than this
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        temporal.shutdownNow();
    }
}
