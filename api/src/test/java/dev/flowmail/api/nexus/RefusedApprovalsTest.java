package dev.flowmail.api.nexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.actions.Admission;
import dev.flowmail.api.actions.WorkflowDecisions;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.temporal.DecisionOperation;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.decision.DecisionRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexusrpc.OperationException;
import io.nexusrpc.handler.HandlerException;
import io.nexusrpc.handler.HandlerException.ErrorType;
import io.nexusrpc.handler.OperationCancelDetails;
import io.nexusrpc.handler.OperationContext;
import io.nexusrpc.handler.OperationStartDetails;
import io.nexusrpc.handler.OperationStartResult;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** What a Flowmail without a mail server of its own says to workflows. */
@WireTest
class RefusedApprovalsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestDecision operation;

    RefusedApprovalsTest(
            @Autowired Admission admission,
            @Autowired AttachmentStore store,
            @Autowired NetworkGuard guard,
            @Autowired FlowHosts hosts,
            @Autowired OperatorsMail operators,
            @Autowired FlowmailProperties settings) {
        operation = new RequestDecision(
                new WorkflowDecisions(admission, store, guard, hosts, operators, settings),
                new NeverStarted(),
                new RequestMeters(registry));
    }

    @Test
    void aRequestThatNobodyCouldMailIsRefusedForGoodAndSaysWhatIsMissing() {
        HandlerException refused = catchThrowableOfType(HandlerException.class, () -> start(request()));

        assertThat(refused.getErrorType()).isEqualTo(ErrorType.NOT_IMPLEMENTED);
        assertThat(refused.isRetryable()).isFalse();
        assertThat(sentence(refused))
                .isEqualTo("Flowmail has no mail server of its own to send by: whoever runs it must set"
                        + " SPRING_MAIL_HOST.");
        assertThat(registry.get("flowmail.requests")
                        .tags("kind", "decision", "result", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anEmptyRequestIsRefusedForGood() {
        HandlerException refused = catchThrowableOfType(HandlerException.class, () -> start(null));

        assertThat(refused.getErrorType()).isEqualTo(ErrorType.BAD_REQUEST);
        assertThat(refused.isRetryable()).isFalse();
        assertThat(sentence(refused)).isEqualTo("The request is empty: it needs at least to, from and outcomes.");
    }

    private void start(@Nullable ApprovalRequest request) throws OperationException {
        var ignored = operation.start(
                OperationContext.newBuilder()
                        .setService("Approvals")
                        .setOperation("requestDecision")
                        .build(),
                OperationStartDetails.newBuilder().setRequestId("1").build(),
                request);
    }

    private static ApprovalRequest request() {
        return new JsonMapper().readValue("""
            {"from": "boss@example.com", "to": ["anna@example.com"], "outcomes": [{"name": "approve"}]}
            """, ApprovalRequest.class);
    }

    private static String sentence(HandlerException refused) {
        return ((ApplicationFailure) Objects.requireNonNull(refused.getCause())).getOriginalMessage();
    }

    /** What is refused comes to no start. */
    private static final class NeverStarted implements DecisionOperation {
        @Override
        public OperationStartResult<ApprovalResult> start(
                OperationContext context, OperationStartDetails details, String workflowId, DecisionRequest request) {
            throw new AssertionError("It was started");
        }

        @Override
        public void cancel(OperationContext context, OperationCancelDetails details) {
            throw new AssertionError("Nothing was started");
        }
    }
}
