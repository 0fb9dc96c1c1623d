package dev.flowmail.api.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.flowmail.api.codec.PayloadTexts;
import dev.flowmail.api.temporal.MailboxRuns.Run;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The decision requests that Temporal keeps: workflows. */
record KeptRequests(TemporalServer server, PayloadTexts texts) implements KeptRuns {

    private static final int RUNS_AT_ONCE = 100;
    private static final int EVENTS_AT_ONCE = 100;

    @Override
    public long count() {
        return server.calls()
                .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setQuery(RunQueries.REQUESTS)
                        .build())
                .getCount();
    }

    @Override
    public void forEach(Consumer<Run> each) {
        KeptRuns.eachPage(page -> {
            ListWorkflowExecutionsResponse runs = server.calls()
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(server.namespace())
                            .setQuery(RunQueries.REQUESTS)
                            .setPageSize(RUNS_AT_ONCE)
                            .setNextPageToken(page)
                            .build());
            runs.getExecutionsList().forEach(run -> each.accept(run(run)));
            return runs.getNextPageToken();
        });
    }

    private static Run run(WorkflowExecutionInfo run) {
        return new Run(
                true,
                run.getExecution().getWorkflowId(),
                run.getExecution().getRunId(),
                Instant.ofEpochMilli(Timestamps.toMillis(run.getStartTime())),
                OpenStatus.isOpen(run.getStatus()));
    }

    @Override
    public boolean anyMatch(Run run, Predicate<String> wanted) {
        AtomicBoolean isFound = new AtomicBoolean();
        KeptRuns.eachPage(page -> {
            GetWorkflowExecutionHistoryResponse history = server.calls()
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(server.namespace())
                            .setExecution(execution(run))
                            .setMaximumPageSize(EVENTS_AT_ONCE)
                            .setNextPageToken(page)
                            .build());
            isFound.set(texts.anyMatch(history.getHistory(), wanted));
            return isFound.get() ? ByteString.EMPTY : history.getNextPageToken();
        });
        return isFound.get();
    }

    @Override
    public void delete(Run run) {
        var ignored = server.calls()
                .deleteWorkflowExecution(DeleteWorkflowExecutionRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setWorkflowExecution(execution(run))
                        .build());
    }

    private static WorkflowExecution execution(Run run) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(run.id())
                .setRunId(run.runId())
                .build();
    }
}
