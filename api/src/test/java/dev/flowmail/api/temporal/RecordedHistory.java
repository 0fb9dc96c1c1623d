package dev.flowmail.api.temporal;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.GlobalDataConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a recorded history shows of how its request went. */
record RecordedHistory(WorkflowExecutionHistory whole) {

    static final String STATUS = "FlowmailStatus";
    static final String DEADLINE = "FlowmailDeadline";

    static RecordedHistory read(Path file) {
        try {
            return new RecordedHistory(WorkflowExecutionHistory.fromJson(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " is no history", unreadable);
        }
    }

    private List<HistoryEvent> events() {
        return whole.getEvents();
    }

    private Stream<HistoryEvent> of(EventType type) {
        return events().stream().filter(event -> event.getEventType() == type);
    }

    boolean has(EventType type) {
        return of(type).findAny().isPresent();
    }

    EventType last() {
        return events().get(events().size() - 1).getEventType();
    }

    /** Names of the search attributes that were upserted. */
    List<String> upserted() {
        return upserts().flatMap(attributes -> attributes.keySet().stream()).toList();
    }

    /** Values that {@code FlowmailStatus} took, in order; without those by which it was unset. */
    List<String> statuses() {
        return upserts()
                .filter(attributes -> attributes.containsKey(STATUS))
                .map(attributes -> attributes.get(STATUS))
                .filter(value -> !value.getData().isEmpty()
                        && !value.getData().toStringUtf8().equals("null"))
                .map(value -> GlobalDataConverter.get().fromPayload(value, String.class, String.class))
                .toList();
    }

    private Stream<Map<String, Payload>> upserts() {
        return of(EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)
                .map(event -> event.getUpsertWorkflowSearchAttributesEventAttributes()
                        .getSearchAttributes()
                        .getIndexedFieldsMap());
    }

    /** Names of the updates that operators sent. */
    List<String> updates() {
        return of(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
                .map(event -> event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                        .getAcceptedRequest()
                        .getInput()
                        .getName())
                .toList();
    }

    /** Types of the activities that were scheduled, local ones aside. */
    List<String> activities() {
        return of(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .map(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                .toList();
    }
}
