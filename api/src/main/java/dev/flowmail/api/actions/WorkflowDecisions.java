package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.actions.DecisionRequests.Asker;
import dev.flowmail.api.actions.DecisionRequests.Prepared;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.limits.RateLimit;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.workflows.approvals.Caller;
import dev.flowmail.workflows.decision.DecisionRequest;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** Decisions that workflows ask for: taken, checked and kept as those of Flow are. The operator's own mail server sends. */
public final class WorkflowDecisions {

    /** Not that of Flow's action: a workflow cannot meet, or take the place of, what a flow has asked. */
    private static final String ACTION = "requestDecision";

    private final Admission admission;
    private final AttachmentStore store;
    private final OperatorsMail operators;
    private final DecisionRequests requests;
    private final RateLimit limit;

    public WorkflowDecisions(
            Admission admission,
            AttachmentStore store,
            NetworkGuard guard,
            FlowHosts hosts,
            OperatorsMail operators,
            FlowmailProperties settings) {
        this.admission = admission;
        this.store = store;
        this.operators = operators;
        this.requests = new DecisionRequests(store, new WebAddresses(guard, hosts, operators), settings);
        this.limit = new RateLimit(settings.limits().requestsPerTenant());
    }

    /** Starts a prepared request. */
    @FunctionalInterface
    public interface Start<T, E extends Exception> {
        /**
         * Starts it.
         *
         * @param isRepeat is run where the request was started before and has ended
         */
        T start(String workflowId, DecisionRequest request, Runnable isRepeat) throws E;
    }

    /**
     * Has a request started.
     *
     * @param request its inputs and outcomes; its token is what a repeat has in common with it
     * @throws ProblemException when it is wrong, or cannot be taken now
     */
    public <T, E extends Exception> T ask(ServiceRequest request, Caller caller, Start<T, E> start) throws E {
        limit.take(caller.tenantId()).ifPresent(pause -> {
            throw ProblemException.tooManyRequests(
                    "More requests in a minute than FLOWMAIL_LIMITS_REQUESTS_PER_TENANT lets one tenant make:"
                            + " nothing was accepted, try again later.",
                    pause);
        });
        String workflowId = RequestId.ofDecision(ACTION, request);
        admission.demand(() -> workflowId);
        if (operators.set().isEmpty()) {
            throw new ProblemException(
                    HttpStatus.NOT_IMPLEMENTED,
                    "Flowmail has no mail server of its own to send by: whoever runs it must set SPRING_MAIL_HOST.");
        }
        Prepared decision = requests.prepare(
                workflowId, request, Tenants.of(Stream.of(caller.tenantId())), asks -> asker(caller, asks));
        return start.start(workflowId, decision.request(), () -> {
            if (decision.isStored()) {
                Leftovers.forget(store, workflowId);
            }
        });
    }

    private static Asker asker(Caller caller, boolean asks) {
        if (!asks) {
            throw ProblemException.badInput("outcomes names none that people could choose: enter at least one.");
        }
        return new Asker(null, caller);
    }
}
