package dev.flowmail.api.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.flowmail.api.codec.PayloadTexts;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.activity.v1.ActivityExecutionListInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.CountActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DeleteActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.payload.codec.PayloadCodecException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Looks through all that Temporal keeps of requests and plain mails, since nothing by which one could search is readable there. One page of one
 * history is in memory at a time.
 */
public final class MailboxRuns {

    private static final long SECONDS = 30;
    private static final int RUNS_AT_ONCE = 100;
    private static final int EVENTS_AT_ONCE = 100;
    private static final String REQUESTS = "WorkflowType = '" + DecisionWorkflow.class.getSimpleName() + "'";
    private static final String SENDS =
            "ActivityType IN ('" + MailStarts.SEND_MAIL + "', '" + MailStarts.FETCH_ATTACHMENTS + "')";

    private final TemporalServer server;
    private final PayloadTexts texts;

    public MailboxRuns(TemporalServer server, PayloadTexts texts) {
        this.server = server;
        this.texts = texts;
    }

    /**
     * One run.
     *
     * @param isRequest a decision request, a workflow; else a standalone activity
     */
    public record Run(boolean isRequest, String id, String runId, Instant started, boolean isOpen) {}

    /** What became of a look at one run. */
    public enum Finding {
        NAMED,
        NOT_NAMED,
        /** It is encrypted with a key that is not here. */
        UNREADABLE
    }

    /** Told each run that was looked at. */
    @FunctionalInterface
    public interface Listener {
        void found(Run run, Finding finding);
    }

    /** How many runs a search will look at, about. */
    public long count() {
        long requests = calls().countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setQuery(REQUESTS)
                        .build())
                .getCount();
        return requests
                + calls().countActivityExecutions(CountActivityExecutionsRequest.newBuilder()
                                .setNamespace(server.namespace())
                                .setQuery(SENDS)
                                .build())
                        .getCount();
    }

    /**
     * Looks for runs that hold such a text.
     *
     * @throws StatusRuntimeException when the server does not answer, or refuses to
     */
    public void search(Predicate<String> wanted, Listener listener) {
        searchRequests(run -> listener.found(run, look(() -> isNamedByRequest(run, wanted))));
        searchSends(run -> listener.found(run, look(() -> isNamedBySend(run, wanted))));
    }

    private void searchRequests(Consumer<Run> each) {
        ByteString page = ByteString.EMPTY;
        do {
            ListWorkflowExecutionsResponse runs = calls().listWorkflowExecutions(
                            ListWorkflowExecutionsRequest.newBuilder()
                                    .setNamespace(server.namespace())
                                    .setQuery(REQUESTS)
                                    .setPageSize(RUNS_AT_ONCE)
                                    .setNextPageToken(page)
                                    .build());
            runs.getExecutionsList().forEach(run -> each.accept(request(run)));
            page = runs.getNextPageToken();
        } while (!page.isEmpty());
    }

    private void searchSends(Consumer<Run> each) {
        ByteString page = ByteString.EMPTY;
        do {
            ListActivityExecutionsResponse runs = calls().listActivityExecutions(
                            ListActivityExecutionsRequest.newBuilder()
                                    .setNamespace(server.namespace())
                                    .setQuery(SENDS)
                                    .setPageSize(RUNS_AT_ONCE)
                                    .setNextPageToken(page)
                                    .build());
            runs.getExecutionsList().forEach(run -> each.accept(send(run)));
            page = runs.getNextPageToken();
        } while (!page.isEmpty());
    }

    private static Run request(WorkflowExecutionInfo run) {
        return new Run(
                true,
                run.getExecution().getWorkflowId(),
                run.getExecution().getRunId(),
                Instant.ofEpochMilli(Timestamps.toMillis(run.getStartTime())),
                OpenStatus.isOpen(run.getStatus()));
    }

    private static Run send(ActivityExecutionListInfo run) {
        return new Run(
                false,
                run.getActivityId(),
                run.getRunId(),
                Instant.ofEpochMilli(Timestamps.toMillis(run.getScheduleTime())),
                OpenStatus.isOpen(run.getStatus()));
    }

    /** Retention may end while others are looked at. */
    private static Finding look(Look look) {
        try {
            return look.isNamed() ? Finding.NAMED : Finding.NOT_NAMED;
        } catch (PayloadCodecException unreadable) {
            return Finding.UNREADABLE;
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Finding.NOT_NAMED;
            }
            throw failure;
        }
    }

    @FunctionalInterface
    private interface Look {
        boolean isNamed();
    }

    private boolean isNamedByRequest(Run run, Predicate<String> wanted) {
        ByteString page = ByteString.EMPTY;
        do {
            GetWorkflowExecutionHistoryResponse history = calls().getWorkflowExecutionHistory(
                            GetWorkflowExecutionHistoryRequest.newBuilder()
                                    .setNamespace(server.namespace())
                                    .setExecution(execution(run))
                                    .setMaximumPageSize(EVENTS_AT_ONCE)
                                    .setNextPageToken(page)
                                    .build());
            if (texts.anyMatch(history.getHistory(), wanted)) {
                return true;
            }
            page = history.getNextPageToken();
        } while (!page.isEmpty());
        return false;
    }

    private boolean isNamedBySend(Run run, Predicate<String> wanted) {
        return texts.anyMatch(
                calls().describeActivityExecution(DescribeActivityExecutionRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setActivityId(run.id())
                        .setRunId(run.runId())
                        .setIncludeInput(true)
                        .setIncludeOutcome(true)
                        .setIncludeHeartbeatDetails(true)
                        .setIncludeLastFailure(true)
                        .build()),
                wanted);
    }

    /**
     * Deletes an ended run for good. The server does so soon after.
     *
     * @throws StatusRuntimeException when the server refuses it
     */
    public void delete(Run run) {
        if (run.isOpen()) {
            throw new IllegalArgumentException("An open run is not deleted");
        }
        if (run.isRequest()) {
            var ignored = calls().deleteWorkflowExecution(DeleteWorkflowExecutionRequest.newBuilder()
                    .setNamespace(server.namespace())
                    .setWorkflowExecution(execution(run))
                    .build());
        } else {
            var ignored = calls().deleteActivityExecution(DeleteActivityExecutionRequest.newBuilder()
                    .setNamespace(server.namespace())
                    .setActivityId(run.id())
                    .setRunId(run.runId())
                    .build());
        }
    }

    private static WorkflowExecution execution(Run run) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(run.id())
                .setRunId(run.runId())
                .build();
    }

    private WorkflowServiceBlockingStub calls() {
        return server.stubs().blockingStub().withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }
}
