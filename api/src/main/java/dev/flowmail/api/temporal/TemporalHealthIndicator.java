package dev.flowmail.api.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when Temporal answers and the worker takes tasks. Part of readiness, not of liveness. */
public final class TemporalHealthIndicator implements HealthIndicator {

    private final WorkflowServiceStubs stubs;
    private final TemporalWorker worker;

    public TemporalHealthIndicator(WorkflowServiceStubs stubs, TemporalWorker worker) {
        this.stubs = stubs;
        this.worker = worker;
    }

    @Override
    public Health health() {
        if (!worker.isStarted()) {
            return Health.outOfService().build();
        }
        try {
            var ignored = stubs.blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return Health.up().build();
        } catch (StatusRuntimeException unreachable) {
            return Health.down().build();
        }
    }
}
