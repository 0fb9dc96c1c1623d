package dev.flowmail.api.temporal;

import dev.flowmail.workflows.decision.DecisionWorkflow;

/** What Temporal lists and counts, in its own query language. */
final class RunQueries {

    /** Decision requests, which are workflows. */
    static final String REQUESTS = "WorkflowType = '" + DecisionWorkflow.class.getSimpleName() + "'";

    /** Plain mails, which are standalone activities; files that lie elsewhere are fetched by others before. */
    static final String MAILS = "ActivityType = '" + MailStarts.SEND_MAIL + "'";

    /** All activities of plain mails. */
    static final String SENDS =
            "ActivityType IN ('" + MailStarts.SEND_MAIL + "', '" + MailStarts.FETCH_ATTACHMENTS + "')";

    /** Added to one of these: what still goes on ({@link OpenStatus}). */
    static final String AND_OPEN = " AND ExecutionStatus IN ('Running', 'Paused')";

    /** Added to one of these: what answers a query. */
    static final String AND_RUNNING = " AND ExecutionStatus = 'Running'";

    private RunQueries() {}
}
