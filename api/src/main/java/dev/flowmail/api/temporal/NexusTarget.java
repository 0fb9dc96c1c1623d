package dev.flowmail.api.temporal;

import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.api.nexus.v1.EndpointTarget;
import io.temporal.api.operatorservice.v1.ListNexusEndpointsRequest;
import java.util.Optional;

/**
 * Where a server leads calls to a Nexus endpoint.
 *
 * @param name the endpoint's
 * @param namespace Flowmail's, to which it should lead
 */
public record NexusTarget(String name, String namespace, Lead lead) {

    /** Where a name leads. */
    public enum Lead {
        /** To Flowmail. */
        HERE,
        NOWHERE,
        ELSEWHERE,
        /** The server does not tell. */
        UNKNOWN
    }

    /** @throws StatusRuntimeException when Temporal cannot be reached: try again */
    static NexusTarget ask(OperatorCalls operator, String name, String namespace) {
        return new NexusTarget(name, namespace, lead(operator, name, namespace));
    }

    private static Lead lead(OperatorCalls operator, String name, String namespace) {
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
            boolean isHere = target.get().getNamespace().equals(namespace)
                    && target.get().getTaskQueue().equals(DecisionWorkflow.TASK_QUEUE);
            return isHere ? Lead.HERE : Lead.ELSEWHERE;
        } catch (StatusRuntimeException failure) {
            var ignored = OperatorCalls.refusal(failure);
            return Lead.UNKNOWN;
        }
    }

    /** How it is, for people. */
    public String description() {
        return switch (lead) {
            case HERE -> "Workflows reach Flowmail by the Nexus endpoint " + name + ".";
            case NOWHERE -> "There is no Nexus endpoint " + name + ": no workflow can ask.";
            case ELSEWHERE ->
                "The Nexus endpoint " + name + " does not lead to task queue " + DecisionWorkflow.TASK_QUEUE
                        + " of namespace " + namespace + ": no workflow can ask.";
            case UNKNOWN ->
                "Temporal does not tell whether there is the Nexus endpoint " + name + ", by which workflows ask.";
        };
    }

    /** What to do about it; of one that does not lead here. */
    public String remedy() {
        return switch (lead) {
            case ELSEWHERE -> "Correct FLOWMAIL_NEXUS_ENDPOINT, or the endpoint's target: " + command("update");
            case NOWHERE -> "Create it: " + command("create");
            case HERE, UNKNOWN ->
                "Ask whoever runs that server, or: temporal operator nexus endpoint get --name " + name;
        };
    }

    private String command(String verb) {
        return "temporal operator nexus endpoint " + verb + " --name " + name + " --target-namespace " + namespace
                + " --target-task-queue " + DecisionWorkflow.TASK_QUEUE;
    }
}
