package dev.flowmail.api.temporal;

import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Finds the id of an open decision request, the one that was started last as a rule; one call of at most 2 s. */
public final class LatestOpen implements Supplier<Optional<String>> {

    private final WorkflowClient client;

    public LatestOpen(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> get() {
        return client
                .getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(2, TimeUnit.SECONDS)
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setQuery(RunQueries.REQUESTS + RunQueries.AND_RUNNING)
                        .setPageSize(1)
                        .build())
                .getExecutionsList()
                .stream()
                .map(run -> run.getExecution().getWorkflowId())
                .findFirst();
    }
}
