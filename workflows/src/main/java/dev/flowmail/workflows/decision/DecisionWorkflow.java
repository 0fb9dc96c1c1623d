package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.approvals.ApprovalResult;
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

    /** The type of the failure by which an update is refused. Its message is for everybody: a fixed sentence. */
    String REFUSED = "Refused";

    /**
     * Runs until Flow has the answer. Ends Canceled when it was withdrawn by a cancellation request.
     *
     * @return what the workflow that asked is told; null when Flow asked
     */
    @WorkflowMethod(name = "DecisionWorkflow")
    @Nullable
    ApprovalResult run(DecisionRequest request);

    /**
     * A recipient's answer. What is not valid (any more), or was not encrypted for this very request ({@link Seal}), changes
     * nothing.
     */
    @SignalMethod(name = "decide")
    void decide(@Nullable Decide answer);

    /** Where the request stands. Works on a closed run while its history is kept. */
    @QueryMethod(name = "state")
    DecisionState state();

    /** Ends the request: Flow gets the fault {@code Withdrawn}. */
    @UpdateMethod(name = "withdraw")
    void withdraw(@Nullable Reason reason);

    @UpdateValidatorMethod(updateName = "withdraw")
    void checkWithdraw(@Nullable Reason reason);

    /** Tells Flow of the decision that is held. */
    @UpdateMethod(name = "release")
    void release(@Nullable Reason reason);

    @UpdateValidatorMethod(updateName = "release")
    void checkRelease(@Nullable Reason reason);

    /** Moves the deadline to {@code timeout} from now; at latest 119 days after acceptance. */
    @UpdateMethod(name = "extend")
    void extend(@Nullable Extension extension);

    @UpdateValidatorMethod(updateName = "extend")
    void checkExtend(@Nullable Extension extension);

    /** Gives the place of a recipient who has not answered to somebody else; the old links are dead. */
    @UpdateMethod(name = "reassign")
    void reassign(@Nullable Reassignment reassignment);

    @UpdateValidatorMethod(updateName = "reassign")
    void checkReassign(@Nullable Reassignment reassignment);

    /** Mails the question once more; old links keep working. */
    @UpdateMethod(name = "resend")
    void resend(@Nullable Resend resend);

    @UpdateValidatorMethod(updateName = "resend")
    void checkResend(@Nullable Resend resend);

    /** Sends the late answer again after Flow refused it for good. */
    @UpdateMethod(name = "retryCallback")
    void retryCallback(@Nullable Reason reason);

    @UpdateValidatorMethod(updateName = "retryCallback")
    void checkRetryCallback(@Nullable Reason reason);

    /** Why an operator did what they did; kept in the history. */
    record Reason(@Nullable String reason) {}

    /**
     * The argument of {@code extend}.
     *
     * @param timeout from now, in one of the forms of {@link Durations}
     */
    record Extension(@Nullable String timeout, @Nullable String reason) {}

    /**
     * The argument of {@code reassign}.
     *
     * @param from address of the recipient who shall not answer any more
     * @param to address of the one who shall
     */
    record Reassignment(
            @Nullable String from,
            @Nullable String to,
            @Nullable String reason) {

        /** Says nothing: addresses stay out of logs. */
        @Override
        public String toString() {
            return "Reassignment[...]";
        }
    }

    /**
     * The argument of {@code resend}.
     *
     * @param recipient address; null for all who have not answered
     */
    record Resend(@Nullable String recipient, @Nullable String reason) {

        /** Says nothing: addresses stay out of logs. */
        @Override
        public String toString() {
            return "Resend[...]";
        }
    }
}
