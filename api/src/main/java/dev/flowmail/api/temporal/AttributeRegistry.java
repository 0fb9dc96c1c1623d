package dev.flowmail.api.temporal;

import dev.flowmail.api.temporal.SearchAttributes.Attribute;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The search attributes of one namespace, as its server knows and registers them. */
final class AttributeRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AttributeRegistry.class);
    private static final long SECONDS = 10;

    private final WorkflowServiceStubs stubs;
    private final OperatorCalls operator;
    private final String namespace;

    AttributeRegistry(WorkflowServiceStubs stubs, String namespace) {
        this.stubs = stubs;
        this.operator = new OperatorCalls(stubs);
        this.namespace = namespace;
    }

    /**
     * Registers those that are missing. Returns those that still are, because the server does not allow it.
     *
     * @throws StatusRuntimeException when Temporal cannot be reached, or does not know new attributes yet: try again
     */
    List<Attribute> register(List<Attribute> wanted) {
        List<Attribute> missing = absent(wanted, presentOrNone());
        if (missing.isEmpty() || !add(missing)) {
            return missing;
        }
        awaitKnown(missing);
        return List.of();
    }

    /** Those that the namespace lacks; empty when the server does not tell. */
    Optional<List<Attribute>> missing(List<Attribute> wanted) {
        try {
            return Optional.of(absent(wanted, present()));
        } catch (StatusRuntimeException refused) {
            return Optional.empty();
        }
    }

    private static List<Attribute> absent(List<Attribute> wanted, Map<String, IndexedValueType> present) {
        return wanted.stream()
                .filter(attribute -> attribute.type() != present.get(attribute.name()))
                .toList();
    }

    private Map<String, IndexedValueType> presentOrNone() {
        try {
            return present();
        } catch (StatusRuntimeException failure) {
            return refusedOrThrow(failure, Map.of());
        }
    }

    private Map<String, IndexedValueType> present() {
        return operator.within()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getCustomAttributesMap();
    }

    private boolean add(List<Attribute> missing) {
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace(namespace);
        missing.forEach(attribute -> request.putSearchAttributes(attribute.name(), attribute.type()));
        try {
            var ignored = operator.within().addSearchAttributes(request.build());
            return true;
        } catch (StatusRuntimeException failure) {
            return refusedOrThrow(failure, false);
        }
    }

    /** The server's front ends learn of new attributes a moment later; what starts with them before is refused. */
    private void awaitKnown(List<Attribute> added) {
        for (Attribute attribute : added) {
            var ignored = stubs.blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(namespace)
                            .setQuery(attribute.name() + " = '2000-01-01T00:00:00Z'")
                            .build());
        }
    }

    private static <T> T refusedOrThrow(StatusRuntimeException failure, T whenRefused) {
        LOG.info("Temporal does not let Flowmail manage search attributes ({})", OperatorCalls.refusal(failure));
        return whenRefused;
    }

    @Override
    public void close() {
        operator.close();
    }
}
