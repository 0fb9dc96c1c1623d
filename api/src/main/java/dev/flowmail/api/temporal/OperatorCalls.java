package dev.flowmail.api.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;

/** Calls to Temporal's operator service, which not every server lets Flowmail make. Each is given 10 s. */
final class OperatorCalls implements AutoCloseable {
    private static final long SECONDS = 10;

    private final OperatorServiceStubs operator;

    /** @param stubs whose server and credentials are used */
    OperatorCalls(WorkflowServiceStubs stubs) {
        operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder(stubs.getOptions()).build());
    }

    OperatorServiceBlockingStub within() {
        return operator.blockingStub().withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Returns why a server refused a call.
     *
     * @throws StatusRuntimeException the failure itself when Temporal could not be reached: try again
     */
    static Status.Code refusal(StatusRuntimeException failure) {
        Status.Code code = failure.getStatus().getCode();
        if (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED) {
            throw failure;
        }
        return code;
    }

    @Override
    public void close() {
        operator.shutdownNow();
    }
}
