package dev.flowmail.workflows.decision;

import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What operators search for. Upserting an attribute that the server does not know would block the run: only those that it
 * had at the start are touched.
 */
final class SearchAttributes {

    private static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("FlowmailStatus");
    private static final SearchAttributeKey<OffsetDateTime> DEADLINE =
            SearchAttributeKey.forOffsetDateTime("FlowmailDeadline");

    private final List<String> available;

    SearchAttributes(List<String> available) {
        this.available = available;
    }

    void show(Status status) {
        upsert(STATUS, STATUS.valueSet(status.attribute()));
    }

    void showNoStatus() {
        upsert(STATUS, STATUS.valueUnset());
    }

    void showDeadline(Instant deadline) {
        upsert(DEADLINE, DEADLINE.valueSet(deadline.atOffset(ZoneOffset.UTC)));
    }

    private void upsert(SearchAttributeKey<?> key, SearchAttributeUpdate<?> update) {
        if (available.contains(key.getName())) {
            Workflow.upsertTypedSearchAttributes(update);
        }
    }
}
