package dev.flowmail.api.nexus;

import dev.flowmail.workflows.approvals.ApprovalResult;
import io.nexusrpc.Operation;
import io.nexusrpc.Service;

/** Asks people by mail. A caller in Java may copy this and its two records; others need the names only. */
@Service(name = "Approvals")
public interface Approvals {

    /**
     * Mails the question and ends once it is decided, or has ended otherwise. Cancelling the operation withdraws the request.
     * What is wrong with a request is a {@code BAD_REQUEST} that is not tried again.
     */
    @Operation(name = "requestDecision")
    ApprovalResult requestDecision(ApprovalRequest request);
}
