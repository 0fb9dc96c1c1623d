package dev.flowmail.api.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;
import java.util.List;
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
        String namespace = client.getOptions().getNamespace();
        try (AttributeRegistry registry = new AttributeRegistry(client.getWorkflowServiceStubs(), namespace)) {
            List<Attribute> missing = registry.register(ALL);
            if (!missing.isEmpty()) {
                LOG.warn(
                        "Temporal's namespace {} lacks the search attributes {}: Flowmail runs without them. Register"
                                + " them as {}",
                        namespace,
                        missing.stream().map(Attribute::name).toList(),
                        missing.stream().map(Attribute::typeName).toList());
            }
            available = ALL.stream()
                    .filter(attribute -> !missing.contains(attribute))
                    .map(Attribute::name)
                    .toList();
        }
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
