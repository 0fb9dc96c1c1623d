package dev.flowmail.api.temporal;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.mail.Content;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests that the first release accepted, which named a workflow by tenant and token alone: a repeat of one must not mail its
 * people a second question whose answer could contradict the first one's. Goes when none of them can be kept any more: 119 days
 * and the namespace's retention after the upgrade.
 */
final class EarlierRequests {

    private final WorkflowClient client;

    EarlierRequests(WorkflowClient client) {
        this.client = client;
    }

    /** Whether a request was accepted before under the id of then: one call more for each. */
    boolean have(DecisionRequest request) {
        FlowReference flow = request.flow();
        return flow != null
                && input(DecisionLink.earlierWorkflowId(flow.tenantId(), flow.token()))
                        .filter(earlier -> isSame(earlier, request))
                        .isPresent();
    }

    private Optional<DecisionRequest> input(String workflowId) {
        try {
            return client
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .setMaximumPageSize(1)
                            .build())
                    .getHistory()
                    .getEventsList()
                    .stream()
                    .findFirst()
                    .map(this::input);
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private DecisionRequest input(HistoryEvent started) {
        Payloads input = started.getWorkflowExecutionStartedEventAttributes().getInput();
        return Objects.requireNonNull(client.getOptions()
                .getDataConverter()
                .fromPayloads(0, Optional.of(input), DecisionRequest.class, DecisionRequest.class));
    }

    private static boolean isSame(DecisionRequest earlier, DecisionRequest request) {
        return earlier.from().equals(request.from())
                && earlier.recipients().equals(request.recipients())
                && earlier.subject().equals(request.subject())
                && isSame(earlier.text(), request.text())
                && isSame(earlier.html(), request.html())
                // that release offered the outcome for faults as well
                && outcomes(earlier).containsAll(outcomes(request));
    }

    /** What lies in the attachment store has another name there for each id. */
    private static boolean isSame(@Nullable Content earlier, @Nullable Content content) {
        if (earlier == null || content == null) {
            return earlier == null && content == null;
        }
        return Objects.equals(earlier.text(), content.text());
    }

    private static List<Outcome> outcomes(DecisionRequest request) {
        return request.choices().stream().map(Choice::outcome).toList();
    }
}
