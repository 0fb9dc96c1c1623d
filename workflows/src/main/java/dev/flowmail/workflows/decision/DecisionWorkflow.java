package dev.flowmail.workflows.decision;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One decision request: mails its recipients, waits for their answers with a deadline, tells Flow what came of it.
 *
 * <p>Updates are refused with a sentence that names no address.
 */
@WorkflowInterface
public interface DecisionWorkflow {

    /** The task queue of every Flowmail worker. */
    String TASK_QUEUE = "flowmail";

    /** Runs until Flow has the answer. Ends Canceled when it was withdrawn by a cancellation request. */
    @WorkflowMethod(name = "DecisionWorkflow")
    void run(DecisionRequest request);

    /** A recipient's answer. What is not valid (any more) changes nothing. */
    @SignalMethod(name = "decide")
    void decide(Decide answer);

    /** Where the request stands. Works on a closed run while its history is kept. */
    @QueryMethod(name = "state")
    DecisionState state();

    /** Ends the request: Flow gets the fault {@code Withdrawn}. */
    @UpdateMethod(name = "withdraw")
    void withdraw(Reason reason);

    @UpdateValidatorMethod(updateName = "withdraw")
    void checkWithdraw(Reason reason);

    /** Sends the late answer again after Flow refused it for good. */
    @UpdateMethod(name = "retryCallback")
    void retryCallback(Reason reason);

    @UpdateValidatorMethod(updateName = "retryCallback")
    void checkRetryCallback(Reason reason);

    /** Why an operator did what they did; kept in the history. */
    record Reason(@Nullable String reason) {}
}
