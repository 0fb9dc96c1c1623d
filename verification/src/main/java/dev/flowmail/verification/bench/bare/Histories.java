package dev.flowmail.verification.bench.bare;

import dev.flowmail.verification.bench.Lines;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What stands in the histories of finished runs. */
final class Histories {
    private static final int MOST = 20;

    private final WorkflowClient client;
    private final Lines lines;

    Histories(WorkflowClient client, Lines lines) {
        this.client = client;
        this.lines = lines;
    }

    /** Says {@code history EVENTS BYTES ACTIONS} for some finished runs of a type, and {@code done}. */
    void tell(String type, long sinceSeconds) {
        String query = "WorkflowType = '%s' AND ExecutionStatus = 'Completed' AND StartTime > '%s'"
                .formatted(type, Instant.ofEpochSecond(sinceSeconds));
        List<WorkflowExecutionMetadata> runs =
                client.listExecutions(query).limit(MOST).toList();
        for (WorkflowExecutionMetadata run : runs) {
            List<HistoryEvent> events =
                    client.fetchHistory(run.getExecution().getWorkflowId()).getEvents();
            int bytes =
                    events.stream().mapToInt(HistoryEvent::getSerializedSize).sum();
            lines.say("history", events.size(), bytes, actions(events));
        }
        lines.say("done");
    }

    /**
     * What Temporal Cloud bills as actions, as far as a history shows it (docs.temporal.io, Temporal Cloud Actions): the
     * start, each activity and each of its retries, timers, signals, updates, upserts of search attributes, and the local
     * activities of one workflow task together.
     */
    private static int actions(List<HistoryEvent> events) {
        int actions = 0;
        Set<Long> tasksWithMarkers = new HashSet<>();
        for (HistoryEvent event : events) {
            switch (event.getEventType()) {
                case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
                        EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
                        EVENT_TYPE_TIMER_STARTED,
                        EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
                        EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
                        EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES -> actions++;
                case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
                    actions += event.getActivityTaskStartedEventAttributes().getAttempt() - 1;
                case EVENT_TYPE_MARKER_RECORDED -> {
                    var marker = event.getMarkerRecordedEventAttributes();
                    actions += tasksWithMarkers.add(marker.getWorkflowTaskCompletedEventId()) ? 1 : 0;
                }
                default -> {}
            }
        }
        return actions;
    }
}
