package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.decision.Decide;
import java.time.Duration;

/**
 * The running and the closed decision requests. The methods throw a 503
 * {@link dev.flowmail.api.problems.ProblemException} when Temporal cannot be reached.
 */
public interface DecisionRuns {

    /** How long a page waits for what a workflow says (interface: recipients' pages). */
    Duration LONGEST_LOOK = Duration.ofSeconds(3);

    /** Where a request stands. Asks its workflow, for as long as a page waits. */
    default Standing look(String workflowId) {
        return look(workflowId, LONGEST_LOOK);
    }

    /** The same, for no longer than a time. */
    Standing look(String workflowId, Duration longest);

    /**
     * Where a request stands, for whoever only looks: as {@link #look(String)}, but what waits for the answer of the link's
     * person may be shown as it was a few seconds ago, and the person's own answer as {@link Standing.Recorded}. No other method
     * returns that.
     */
    default Standing glance(DecisionLink link) {
        return look(link.workflowId());
    }

    /**
     * Where a request stands once an answer has been handed over. As {@link #look(String)}, but what is told may be the end that
     * this process's worker has come to, as soon as Temporal has recorded it. Takes no longer either.
     */
    default Standing lookAfterAnswer(String workflowId) {
        return look(workflowId);
    }

    /**
     * Hands an answer to the workflow as a signal: it is durable once this returns, even while no worker is up.
     *
     * @return false when the request has ended, or is not known (any more)
     */
    boolean decide(String workflowId, Decide answer);
}
