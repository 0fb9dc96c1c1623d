package dev.flowmail.api.temporal;

import com.google.protobuf.util.Durations;
import dev.flowmail.api.settings.CannotStartException;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether the embedded Temporal server answers, and keeps closed runs for as long as Flowmail needs them.
 *
 * @param stubs already pointed at the server
 */
record ServerReadiness(WorkflowServiceStubs stubs, String namespace) {

    /** Closed runs answer old links and repeated requests for this long. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final long PROBE_MILLIS = 100;

    /**
     * Returns when the server answers.
     *
     * @param log what the message names, when the server does not
     * @throws CannotStartException when it exits, or does not answer in time
     */
    void await(Process server, Path log) {
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        try {
            while (!isReady()) {
                if (server.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new CannotStartException("Temporal's server exited during start-up (exit code "
                            + server.exitValue() + "); see the end of " + log + ".");
                }
                if (System.nanoTime() > deadline) {
                    throw new CannotStartException("Temporal's server does not answer after "
                            + TIME_TO_START.toSeconds() + " s; see " + log + ".");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("The start of Temporal's server was interrupted.", interrupted);
        }
    }

    private boolean isReady() {
        try {
            // a refused connection makes the channel wait before the next
            stubs.getRawChannel().resetConnectBackoff();
            DescribeNamespaceResponse present = stubs.blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .build());
            if (Durations.toSeconds(present.getConfig().getWorkflowExecutionRetentionTtl()) < RETENTION.toSeconds()) {
                raiseRetention();
            }
            return true;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    private void raiseRetention() {
        var ignored = stubs.blockingStub()
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .updateNamespace(UpdateNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .setConfig(NamespaceConfig.newBuilder()
                                .setWorkflowExecutionRetentionTtl(Durations.fromSeconds(RETENTION.toSeconds())))
                        .build());
    }
}
