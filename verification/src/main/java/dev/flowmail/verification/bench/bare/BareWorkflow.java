package dev.flowmail.verification.bench.bare;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The shape of a decision and nothing else: an activity, a wait for a signal with a timer, an activity. */
@WorkflowInterface
public interface BareWorkflow {

    @WorkflowMethod(name = "BenchBare")
    void run(String id);

    @SignalMethod
    void decide(String answer);
}
