package dev.flowmail.verification.bench.bare;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Registered by its class, so public. */
public final class BareWorkflowImpl implements BareWorkflow {
    private static final Duration PATIENCE = Duration.ofDays(30);

    private final BareActivities activities = Workflow.newActivityStub(
            BareActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(BareActivities.LONGEST)
                    .build());
    private boolean decided;

    @Override
    public void run(String id) {
        activities.first(id);
        Workflow.await(PATIENCE, () -> decided);
        activities.second(id);
    }

    @Override
    public void decide(String answer) {
        decided = true;
    }
}
