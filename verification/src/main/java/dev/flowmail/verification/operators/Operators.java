package dev.flowmail.verification.operators;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflowservice.v1.ResetStickyTaskQueueRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators do to requests and see of them in Temporal. */
public final class Operators implements AutoCloseable {
    private static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("FlowmailStatus");

    private final WorkflowServiceStubs temporal;
    private final WorkflowClient client;

    /**
     * Reads what Flowmail has encrypted.
     *
     * @param temporal {@code host:port}
     * @param codec Flowmail's
     */
    public Operators(String temporal, URI codec) {
        this(
                temporal,
                new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(new RemoteCodec(codec))));
    }

    /** Sends in clear, and reads nothing that is encrypted: works while no Flowmail does. */
    public Operators(String temporal) {
        this(temporal, DefaultDataConverter.newDefaultInstance());
    }

    private Operators(String temporal, DataConverter converter) {
        this.temporal = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
        this.client = WorkflowClient.newInstance(
                this.temporal,
                WorkflowClientOptions.newBuilder().setDataConverter(converter).build());
    }

    /** The id of a flow's decision; empty until Temporal lists it. */
    public Optional<String> decision(String stateId) {
        return client.listExecutions("FlowmailState = '" + stateId + "'")
                .map(run -> run.getExecution().getWorkflowId())
                .filter(id -> id.startsWith("decision-"))
                .findFirst();
    }

    /** Sends an update and waits until it is done; throws when it is refused. */
    public void update(String decision, String name, Map<String, String> input) {
        UpdateOptions<Void> options = UpdateOptions.newBuilder(Void.class)
                .setUpdateName(name)
                .setUpdateId(UUID.randomUUID().toString())
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        stub(decision).startUpdate(options, input).getResult();
    }

    /** The UI's button. */
    public void requestCancellation(String decision) {
        stub(decision).cancel();
    }

    /** Lets the next task go to any worker, with all of the history. */
    public void evict(String decision) {
        var ignored = temporal.blockingStub()
                .resetStickyTaskQueue(ResetStickyTaskQueueRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(decision))
                        .build());
    }

    /** Has its run go on as another one, from the last task that it has done; throws where there is none. */
    public void resetToLastTask(String decision) {
        List<HistoryEvent> tasks = client.fetchHistory(decision).getEvents().stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .toList();
        var ignored = temporal.blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(decision))
                        .setReason("a schedule")
                        .setRequestId(UUID.randomUUID().toString())
                        .setWorkflowTaskFinishEventId(
                                tasks.get(tasks.size() - 1).getEventId())
                        .build());
    }

    /** Whether it has ended, and how. */
    public WorkflowExecutionStatus runStatus(String decision) {
        return describe(decision).getStatus();
    }

    /** The search attribute {@code FlowmailStatus}; empty when it is unset. */
    public String statusAttribute(String decision) {
        @Nullable String status = describe(decision).getTypedSearchAttributes().get(STATUS);
        return status == null ? "" : status;
    }

    /** What the query {@code state} answers. */
    public JsonNode state(String decision) {
        RawValue answer = stub(decision).query("state", RawValue.class);
        return JsonMapper.shared().readTree(answer.getPayload().getData().toString(UTF_8));
    }

    /** What Temporal's UI shows of it. */
    public String currentDetails(String decision) {
        return stub(decision)
                .query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    /** The values that the search attribute {@code FlowmailStatus} was given, in order. */
    public List<String> statusesInHistory(String decision) {
        return client.fetchHistory(decision).getEvents().stream()
                .filter(HistoryEvent::hasUpsertWorkflowSearchAttributesEventAttributes)
                .map(event -> event.getUpsertWorkflowSearchAttributesEventAttributes()
                        .getSearchAttributes()
                        .getIndexedFieldsMap()
                        .get(STATUS.getName()))
                .filter(Objects::nonNull)
                .map(payload -> DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class))
                .toList();
    }

    private WorkflowExecutionDescription describe(String decision) {
        return stub(decision).describe();
    }

    private WorkflowStub stub(String decision) {
        return client.newUntypedWorkflowStub(decision);
    }

    @Override
    public void close() {
        temporal.shutdownNow();
    }
}
