package dev.flowmail.api.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The search attributes that Flowmail sets, as far as the server has them. They are never encrypted. */
public final class SearchAttributes {

    static final SearchAttributeKey<String> TENANT = SearchAttributeKey.forKeyword("FlowmailTenant");
    static final SearchAttributeKey<String> STATE = SearchAttributeKey.forKeyword("FlowmailState");
    static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("FlowmailStatus");
    static final SearchAttributeKey<OffsetDateTime> DEADLINE = SearchAttributeKey.forOffsetDateTime("FlowmailDeadline");

    static final List<Attribute> ALL =
            List.of(new Attribute(TENANT), new Attribute(STATE), new Attribute(STATUS), new Attribute(DEADLINE));

    private static final Logger LOG = LoggerFactory.getLogger(SearchAttributes.class);
    private static final long SECONDS = 10;

    private final WorkflowClient client;
    private volatile List<String> available = List.of();

    public SearchAttributes(WorkflowClient client) {
        this.client = client;
    }

    /** Names of those that may be set; none before {@link #register()} has returned. */
    public List<String> available() {
        return available;
    }

    boolean has(SearchAttributeKey<?> key) {
        return available.contains(key.getName());
    }

    /**
     * Registers what is missing, where the server allows it, and says which are missing where it does not.
     *
     * @throws StatusRuntimeException when Temporal cannot be reached, or does not know new attributes yet: try again
     */
    void register() {
        WorkflowServiceStubs stubs = client.getWorkflowServiceStubs();
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder(stubs.getOptions()).build());
        try {
            Map<String, IndexedValueType> present = list(operator);
            List<Attribute> missing = new ArrayList<>(ALL);
            missing.removeIf(attribute -> attribute.type() == present.get(attribute.name()));
            if (!missing.isEmpty() && add(operator, missing)) {
                awaitKnown(stubs, missing);
                missing.clear();
            }
            if (!missing.isEmpty()) {
                LOG.warn(
                        "Temporal's namespace {} lacks the search attributes {}: Flowmail runs without them. Register"
                                + " them as {}",
                        namespace(),
                        missing.stream().map(Attribute::name).toList(),
                        missing.stream().map(Attribute::typeName).toList());
            }
            available = ALL.stream()
                    .filter(attribute -> !missing.contains(attribute))
                    .map(Attribute::name)
                    .toList();
        } finally {
            operator.shutdownNow();
        }
    }

    /** Name and type of those that a namespace lacks; empty when the server does not tell. */
    static Optional<Map<String, String>> missing(WorkflowServiceStubs stubs, String namespace) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder(stubs.getOptions()).build());
        try {
            Map<String, IndexedValueType> present = stub(operator)
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(namespace)
                            .build())
                    .getCustomAttributesMap();
            Map<String, String> missing = new LinkedHashMap<>();
            ALL.stream()
                    .filter(attribute -> attribute.type() != present.get(attribute.name()))
                    .forEach(attribute -> missing.put(attribute.name(), attribute.typeName()));
            return Optional.of(missing);
        } catch (StatusRuntimeException refused) {
            return Optional.empty();
        } finally {
            operator.shutdownNow();
        }
    }

    private Map<String, IndexedValueType> list(OperatorServiceStubs operator) {
        try {
            return stub(operator)
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(namespace())
                            .build())
                    .getCustomAttributesMap();
        } catch (StatusRuntimeException failure) {
            return refusedOrThrow(failure, Map.of());
        }
    }

    private boolean add(OperatorServiceStubs operator, List<Attribute> missing) {
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace(namespace());
        missing.forEach(attribute -> request.putSearchAttributes(attribute.name(), attribute.type()));
        try {
            var ignored = stub(operator).addSearchAttributes(request.build());
            return true;
        } catch (StatusRuntimeException failure) {
            return refusedOrThrow(failure, false);
        }
    }

    /** The server's front ends learn of new attributes a moment later; what starts with them before is refused. */
    private void awaitKnown(WorkflowServiceStubs stubs, List<Attribute> added) {
        for (Attribute attribute : added) {
            var ignored = stubs.blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(namespace())
                            .setQuery(attribute.name() + " = '2000-01-01T00:00:00Z'")
                            .build());
        }
    }

    private static <T> T refusedOrThrow(StatusRuntimeException failure, T whenRefused) {
        Status.Code code = failure.getStatus().getCode();
        if (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED) {
            throw failure;
        }
        LOG.info("Temporal does not let Flowmail manage search attributes ({})", code);
        return whenRefused;
    }

    private static OperatorServiceBlockingStub stub(OperatorServiceStubs operator) {
        return operator.blockingStub().withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    private String namespace() {
        return client.getOptions().getNamespace();
    }

    /** One of them, as the server and the CLI call it. */
    record Attribute(SearchAttributeKey<?> key) {

        String name() {
            return key.getName();
        }

        IndexedValueType type() {
            return key.getValueType();
        }

        /** E.g. {@code Keyword}. */
        String typeName() {
            return type() == IndexedValueType.INDEXED_VALUE_TYPE_DATETIME ? "Datetime" : "Keyword";
        }
    }
}
