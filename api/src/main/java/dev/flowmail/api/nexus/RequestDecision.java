package dev.flowmail.api.nexus;

import dev.flowmail.api.actions.WorkflowDecisions;
import dev.flowmail.api.metrics.RequestMeters;
import dev.flowmail.api.problems.FailureWithoutMessage;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.api.temporal.DecisionOperation;
import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.approvals.Caller;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.nexusrpc.Link;
import io.nexusrpc.OperationException;
import io.nexusrpc.handler.HandlerException;
import io.nexusrpc.handler.HandlerException.ErrorType;
import io.nexusrpc.handler.HandlerException.RetryBehavior;
import io.nexusrpc.handler.OperationCancelDetails;
import io.nexusrpc.handler.OperationContext;
import io.nexusrpc.handler.OperationHandler;
import io.nexusrpc.handler.OperationStartDetails;
import io.nexusrpc.handler.OperationStartResult;
import io.temporal.failure.ApplicationFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operation: its request is checked as Flow's are, and runs in the same workflow. */
final class RequestDecision implements OperationHandler<ApprovalRequest, ApprovalResult> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDecision.class);

    /** Of a link to what asks, e.g. {@code temporal:///namespaces/default/workflows/...}. */
    private static final Pattern NAMESPACE = Pattern.compile("/namespaces/([^/]+)/.*");

    private final WorkflowDecisions decisions;
    private final DecisionOperation operation;
    private final RequestMeters meters;

    RequestDecision(WorkflowDecisions decisions, DecisionOperation operation, RequestMeters meters) {
        this.decisions = decisions;
        this.operation = operation;
        this.meters = meters;
    }

    @Override
    public OperationStartResult<ApprovalResult> start(
            OperationContext context, OperationStartDetails details, @Nullable ApprovalRequest request)
            throws OperationException {
        try {
            return ask(context, details, request);
        } catch (ProblemException problem) {
            // the sentence may quote an address
            LOG.info("A workflow's request was refused: {}", problem.status());
            meters.refused(true, problem.status().value());
            throw refused(problem);
        } catch (HandlerException | OperationException told) {
            throw told;
        } catch (RuntimeException failure) {
            LOG.error("An operation could not be started", FailureWithoutMessage.of(failure));
            throw failure;
        }
    }

    private OperationStartResult<ApprovalResult> ask(
            OperationContext context, OperationStartDetails details, @Nullable ApprovalRequest request)
            throws OperationException {
        if (request == null) {
            throw ProblemException.badInput("The request is empty: it needs at least to, from and outcomes.");
        }
        Caller caller = new Caller(ApprovalInputs.tenant(request, namespace(details)));
        return decisions.ask(
                ApprovalInputs.of(request, caller.tenantId(), details.getRequestId()),
                caller,
                (workflowId, decision, isRepeat) -> {
                    OperationStartResult<ApprovalResult> started =
                            operation.start(context, details, workflowId, decision);
                    if (started.isSync()) {
                        isRepeat.run();
                    }
                    meters.taken(!started.isSync());
                    LOG.info(started.isSync() ? "{} asked for again; nothing was started" : "{} accepted", workflowId);
                    return started;
                });
    }

    private static @Nullable String namespace(OperationStartDetails details) {
        return details.getLinks().stream()
                .map(Link::getUri)
                .flatMap(uri -> Stream.ofNullable(uri.getPath()))
                .map(NAMESPACE::matcher)
                .filter(Matcher::matches)
                .map(path -> path.group(1))
                .findFirst()
                .orElse(null);
    }

    /** The sentence is for the caller, who reads it in clear. */
    private static HandlerException refused(ProblemException problem) {
        ErrorType type = switch (problem.status()) {
            case TOO_MANY_REQUESTS -> ErrorType.RESOURCE_EXHAUSTED;
            case SERVICE_UNAVAILABLE -> ErrorType.UNAVAILABLE;
            case NOT_IMPLEMENTED -> ErrorType.NOT_IMPLEMENTED;
            default -> ErrorType.BAD_REQUEST;
        };
        boolean mayBeTriedAgain = type == ErrorType.RESOURCE_EXHAUSTED || type == ErrorType.UNAVAILABLE;
        return new HandlerException(
                type,
                ApplicationFailure.newNonRetryableFailure(
                        String.valueOf(problem.getMessage()), DecisionWorkflow.REFUSED),
                mayBeTriedAgain ? RetryBehavior.RETRYABLE : RetryBehavior.NON_RETRYABLE);
    }

    @Override
    public void cancel(OperationContext context, OperationCancelDetails details) {
        operation.cancel(context, details);
    }
}
