package dev.flowmail.api.temporal;

import com.google.protobuf.util.Timestamps;
import dev.flowmail.api.codec.PayloadTexts;
import dev.flowmail.api.temporal.MailboxRuns.Run;
import io.temporal.api.activity.v1.ActivityExecutionListInfo;
import io.temporal.api.workflowservice.v1.CountActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.DeleteActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsResponse;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The plain mails that Temporal keeps: standalone activities. */
record KeptSends(TemporalServer server, PayloadTexts texts) implements KeptRuns {

    private static final int RUNS_AT_ONCE = 100;

    @Override
    public long count() {
        return server.calls()
                .countActivityExecutions(CountActivityExecutionsRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setQuery(RunQueries.SENDS)
                        .build())
                .getCount();
    }

    @Override
    public void forEach(Consumer<Run> each) {
        KeptRuns.eachPage(page -> {
            ListActivityExecutionsResponse runs = server.calls()
                    .listActivityExecutions(ListActivityExecutionsRequest.newBuilder()
                            .setNamespace(server.namespace())
                            .setQuery(RunQueries.SENDS)
                            .setPageSize(RUNS_AT_ONCE)
                            .setNextPageToken(page)
                            .build());
            runs.getExecutionsList().forEach(run -> each.accept(run(run)));
            return runs.getNextPageToken();
        });
    }

    private static Run run(ActivityExecutionListInfo run) {
        return new Run(
                false,
                run.getActivityId(),
                run.getRunId(),
                Instant.ofEpochMilli(Timestamps.toMillis(run.getScheduleTime())),
                OpenStatus.isOpen(run.getStatus()));
    }

    @Override
    public boolean anyMatch(Run run, Predicate<String> wanted) {
        return texts.anyMatch(
                server.calls()
                        .describeActivityExecution(DescribeActivityExecutionRequest.newBuilder()
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

    @Override
    public void delete(Run run) {
        var ignored = server.calls()
                .deleteActivityExecution(DeleteActivityExecutionRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setActivityId(run.id())
                        .setRunId(run.runId())
                        .build());
    }
}
