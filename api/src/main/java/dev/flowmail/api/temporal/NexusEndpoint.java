package dev.flowmail.api.temporal;

import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.api.nexus.v1.EndpointSpec;
import io.temporal.api.nexus.v1.EndpointTarget;
import io.temporal.api.operatorservice.v1.CreateNexusEndpointRequest;
import io.temporal.api.operatorservice.v1.ListNexusEndpointsRequest;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name by which other workflows know Flowmail, at the server: where their calls are led. */
public final class NexusEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(NexusEndpoint.class);

    private final String name;
    private final WorkflowClient client;
    private final boolean isServerOurs;

    /** @param isServerOurs whether the server is the embedded one, where nobody else makes endpoints */
    public NexusEndpoint(String name, WorkflowClient client, boolean isServerOurs) {
        this.name = name;
        this.client = client;
        this.isServerOurs = isServerOurs;
    }

    /** Where a name leads. */
    private enum Lead {
        HERE,
        NOWHERE,
        ELSEWHERE,
        /** The server does not tell. */
        UNKNOWN
    }

    /**
     * Makes it at the embedded server; elsewhere says what is wrong with it.
     *
     * @throws StatusRuntimeException when Temporal cannot be reached: try again
     */
    void prepare() {
        try (OperatorCalls operator = new OperatorCalls(client.getWorkflowServiceStubs())) {
            Lead lead = lead(operator);
            if (lead == Lead.NOWHERE && isServerOurs) {
                create(operator);
            } else {
                tell(lead);
            }
        }
    }

    private void tell(Lead lead) {
        switch (lead) {
            case HERE -> LOG.info("Workflows reach Flowmail by the Nexus endpoint {}", name);
            case UNKNOWN ->
                LOG.info("Temporal does not tell whether there is the Nexus endpoint {}, by which workflows ask", name);
            case NOWHERE ->
                LOG.warn("There is no Nexus endpoint {}: no workflow can ask. Create it: {}", name, remedy());
            case ELSEWHERE ->
                LOG.warn(
                        "The Nexus endpoint {} does not lead to task queue {} of namespace {}: correct its target, or"
                                + " FLOWMAIL_NEXUS_ENDPOINT",
                        name,
                        DecisionWorkflow.TASK_QUEUE,
                        namespace());
        }
    }

    private String remedy() {
        return "temporal operator nexus endpoint create --name " + name + " --target-namespace " + namespace()
                + " --target-task-queue " + DecisionWorkflow.TASK_QUEUE;
    }

    private Lead lead(OperatorCalls operator) {
        try {
            Optional<EndpointTarget.Worker> target = operator
                    .within()
                    .listNexusEndpoints(
                            ListNexusEndpointsRequest.newBuilder().setName(name).build())
                    .getEndpointsList()
                    .stream()
                    .findFirst()
                    .map(found -> found.getSpec().getTarget().getWorker());
            if (target.isEmpty()) {
                return Lead.NOWHERE;
            }
            boolean isHere = target.get().getNamespace().equals(namespace())
                    && target.get().getTaskQueue().equals(DecisionWorkflow.TASK_QUEUE);
            return isHere ? Lead.HERE : Lead.ELSEWHERE;
        } catch (StatusRuntimeException failure) {
            var ignored = OperatorCalls.refusal(failure);
            return Lead.UNKNOWN;
        }
    }

    private void create(OperatorCalls operator) {
        var ignored = operator.within()
                .createNexusEndpoint(CreateNexusEndpointRequest.newBuilder()
                        .setSpec(EndpointSpec.newBuilder()
                                .setName(name)
                                .setTarget(EndpointTarget.newBuilder()
                                        .setWorker(EndpointTarget.Worker.newBuilder()
                                                .setNamespace(namespace())
                                                .setTaskQueue(DecisionWorkflow.TASK_QUEUE))))
                        .build());
        LOG.info("Workflows reach Flowmail by the Nexus endpoint {}, which was created", name);
    }

    private String namespace() {
        return client.getOptions().getNamespace();
    }
}
