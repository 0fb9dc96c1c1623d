package dev.flowmail.api.temporal;

import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import io.temporal.client.ActivityClient;
import io.temporal.client.WorkflowClient;
import java.time.Clock;

/** Hands requests to Temporal, one call each. */
public final class TemporalDispatcher implements Dispatcher {

    private final WorkflowClient workflows;
    private final MailStarts mails;
    private final DecisionStarts decisions;
    private final DebugRuns debugRuns;

    /** @param startsHere whether this process may do a request's first task itself, which spares a way; not where versions are told apart */
    public TemporalDispatcher(
            WorkflowClient workflows,
            ActivityClient activities,
            SearchAttributes attributes,
            Clock clock,
            boolean startsHere) {
        this.workflows = workflows;
        Labels labels = new Labels(attributes, workflows.getOptions().getDataConverter());
        Starts starts = new Starts();
        this.mails = new MailStarts(activities, labels, starts);
        this.decisions = new DecisionStarts(workflows, attributes, labels, starts, clock, startsHere);
        this.debugRuns = new DebugRuns(workflows, mails, decisions);
    }

    /** The same decisions, for workflows that ask. */
    public DecisionOperation operation() {
        return new DecisionRunOperation(workflows, decisions);
    }

    @Override
    public Accepted send(Mail mail, Origin origin) {
        return mails.send(mail, origin);
    }

    @Override
    public Accepted ask(String workflowId, DecisionRequest request) {
        return decisions.ask(workflowId, request);
    }

    @Override
    public Delivery sendAndWait(Mail mail, Origin origin) throws DeliveryUnknownException {
        return debugRuns.send(mail, origin);
    }

    @Override
    public DecisionState askAndWait(String workflowId, DecisionRequest request) throws DeliveryUnknownException {
        return debugRuns.ask(workflowId, request);
    }
}
