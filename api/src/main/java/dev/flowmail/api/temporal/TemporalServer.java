package dev.flowmail.api.temporal;

import dev.flowmail.api.settings.CannotStartException;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.CountActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.autoconfigure.properties.TemporalProperties;
import io.temporal.spring.boot.autoconfigure.template.ServiceStubOptionsTemplate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** The Temporal server of the settings, for commands; the embedded one while a Flowmail runs. */
public final class TemporalServer implements AutoCloseable {

    private static final long SECONDS = 5;
    private static final long SECONDS_OF_SEARCH = 30;

    private final WorkflowServiceStubs stubs;
    private final String target;
    private final String namespace;

    private TemporalServer(WorkflowServiceStubs stubs, String target, String namespace) {
        this.stubs = stubs;
        this.target = target;
        this.namespace = namespace;
    }

    /**
     * Dials nothing yet.
     *
     * @throws CannotStartException when the connection's settings are wrong
     */
    public static TemporalServer of(ConfigurableEnvironment environment) {
        return new TemporalServer(
                WorkflowServiceStubs.newServiceStubs(options(environment)),
                environment.getRequiredProperty("spring.temporal.connection.target"),
                environment.getRequiredProperty("spring.temporal.namespace"));
    }

    private static WorkflowServiceStubsOptions options(ConfigurableEnvironment environment) {
        try {
            TemporalProperties properties =
                    Binder.get(environment).bindOrCreate("spring.temporal", TemporalProperties.class);
            return new ServiceStubOptionsTemplate(properties.getConnection(), null, List.of(), List.of())
                    .createServiceStubOptions();
        } catch (RuntimeException wrong) {
            throw new CannotStartException(
                    "spring.temporal.connection.* cannot be used (" + TemporalFacts.rootMessage(wrong)
                            + "). Check the TLS files and the spelling.",
                    wrong);
        }
    }

    /**
     * What has not ended yet, all replicas' together.
     *
     * @param requests that wait for people, or for Flow to be told
     * @param mails plain ones that are not delivered yet
     */
    public record Open(long requests, long mails) {}

    /**
     * Counts it.
     *
     * @throws StatusRuntimeException when it does not answer within 5 s, or refuses to
     */
    public Open open() {
        var calls = stubs.blockingStub().withDeadlineAfter(2 * SECONDS, TimeUnit.SECONDS);
        long requests = calls.countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(namespace)
                        .setQuery(RunQueries.REQUESTS + RunQueries.AND_OPEN)
                        .build())
                .getCount();
        long mails = calls.countActivityExecutions(CountActivityExecutionsRequest.newBuilder()
                        .setNamespace(namespace)
                        .setQuery(RunQueries.MAILS + RunQueries.AND_OPEN)
                        .build())
                .getCount();
        return new Open(requests, mails);
    }

    /** One call of a search, which may take longer than a look. */
    WorkflowServiceBlockingStub calls() {
        return stubs.blockingStub().withDeadlineAfter(SECONDS_OF_SEARCH, TimeUnit.SECONDS);
    }

    WorkflowServiceStubs stubs() {
        return stubs;
    }

    String namespace() {
        return namespace;
    }

    /** Where it is, for people. */
    @Override
    public String toString() {
        return "Temporal at " + target + ", namespace " + namespace;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
    }
}
