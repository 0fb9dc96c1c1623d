package dev.flowmail.api.temporal;

import dev.flowmail.api.temporal.NexusTarget.Lead;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.api.nexus.v1.EndpointSpec;
import io.temporal.api.nexus.v1.EndpointTarget;
import io.temporal.api.operatorservice.v1.CreateNexusEndpointRequest;
import io.temporal.client.WorkflowClient;
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

    /**
     * Makes it at the embedded server; elsewhere says what is wrong with it.
     *
     * @throws StatusRuntimeException when Temporal cannot be reached: try again
     */
    void prepare() {
        try (OperatorCalls operator = new OperatorCalls(client.getWorkflowServiceStubs())) {
            NexusTarget target = NexusTarget.ask(operator, name, namespace());
            if (target.lead() == Lead.NOWHERE && isServerOurs) {
                create(operator);
                LOG.info("The Nexus endpoint {}, by which workflows ask, was created", name);
            } else {
                tell(target);
            }
        }
    }

    private static void tell(NexusTarget target) {
        switch (target.lead()) {
            case HERE, UNKNOWN -> LOG.info("{}", target.description());
            case NOWHERE, ELSEWHERE -> LOG.warn("{} {}", target.description(), target.remedy());
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
    }

    private String namespace() {
        return client.getOptions().getNamespace();
    }
}
