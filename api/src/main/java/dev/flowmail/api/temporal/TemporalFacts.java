package dev.flowmail.api.temporal;

import com.google.protobuf.util.Durations;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.TemporalProperties;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What an operator's check wants to know of a Temporal server.
 *
 * @param version the server's, e.g. {@code 1.32.0}
 * @param namespace what it says about the namespace; empty when it has none of this name
 */
public record TemporalFacts(String version, Optional<Namespace> namespace) {

    private static final long SECONDS = 5;

    /**
     * A namespace.
     *
     * @param retention how long closed runs are kept
     * @param standaloneActivities whether plain mails can be handed over
     * @param missingAttributes name and type of the search attributes that are not registered; null when the server does
     *     not tell
     * @param nexus where the endpoint leads by which workflows ask; empty when none is set
     */
    public record Namespace(
            Duration retention,
            boolean standaloneActivities,
            @Nullable Map<String, String> missingAttributes,
            Optional<NexusTarget> nexus) {}

    /**
     * Asks the server that the settings name. Changes nothing.
     *
     * @param endpoint the Nexus endpoint of the settings; empty when none is set
     * @throws StatusRuntimeException when it does not answer within 5 s, or refuses to
     * @throws CannotStartException when the connection's settings are wrong
     */
    public static TemporalFacts ask(ConfigurableEnvironment environment, Optional<String> endpoint) {
        try (TemporalServer server = TemporalServer.of(environment)) {
            String version = server.stubs()
                    .blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion();
            return new TemporalFacts(version, namespace(server.stubs(), server.namespace(), endpoint));
        }
    }

    private static Optional<Namespace> namespace(WorkflowServiceStubs stubs, String name, Optional<String> endpoint) {
        try {
            DescribeNamespaceResponse found = stubs.blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(name)
                            .build());
            return Optional.of(new Namespace(
                    Duration.ofSeconds(Durations.toSeconds(found.getConfig().getWorkflowExecutionRetentionTtl())),
                    found.getNamespaceInfo().getCapabilities().getStandaloneActivities(),
                    missingAttributes(stubs, name),
                    endpoint.map(nexus -> nexusTarget(stubs, nexus, name))));
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static @Nullable Map<String, String> missingAttributes(WorkflowServiceStubs stubs, String namespace) {
        try (AttributeRegistry registry = new AttributeRegistry(stubs, namespace)) {
            return registry.missing(SearchAttributes.ALL)
                    .map(missing -> {
                        Map<String, String> types = new LinkedHashMap<>();
                        missing.forEach(attribute -> types.put(attribute.name(), attribute.typeName()));
                        return types;
                    })
                    .orElse(null);
        }
    }

    private static NexusTarget nexusTarget(WorkflowServiceStubs stubs, String endpoint, String namespace) {
        try (OperatorCalls operator = new OperatorCalls(stubs)) {
            return NexusTarget.ask(operator, endpoint, namespace);
        }
    }

    /** Why a server could not be asked, in its own words or the network's. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /**
     * Looks for the CLI that the embedded server runs, and whether it can read the data directory's database.
     *
     * @return its version and path
     * @throws CannotStartException when the embedded server could not be started with it
     */
    public static String checkCli(TemporalProperties settings, Path dataDirectory) throws IOException {
        ServerFiles files = new ServerFiles(dataDirectory);
        TemporalCli cli = files.cli(settings);
        return cli.version() + ", " + cli.path() + (files.writer().isPresent() ? ", which wrote the database" : "");
    }

    /**
     * Makes sure that the embedded server can listen.
     *
     * @throws CannotStartException when its ports are taken, and not by its orphan, which the next start ends
     */
    public static void checkPorts(TemporalProperties settings, Path dataDirectory) throws IOException {
        if (!ServerProcess.isRunning(new ServerFiles(dataDirectory).process())) {
            ServerCommand.requireFreePorts(settings);
        }
    }
}
