package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.SettingNames.spell;

import io.temporal.common.WorkerDeploymentVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded Temporal server, and which version of Flowmail this is to Temporal.
 *
 * @param cli the Temporal CLI that the embedded server runs, 1.9.1 or newer; found on PATH when not set
 * @param port port of the embedded Temporal, on 127.0.0.1
 * @param uiPort port of the embedded Temporal's web UI, on 127.0.0.1
 * @param deploymentName name of the worker deployment, which switches worker versioning on: Temporal then hands tasks to
 *     the version that somebody has made the current one
 * @param workerBuildId which version of the worker deployment this is
 */
public record TemporalProperties(
        @Nullable Path cli,
        @DefaultValue("7233") int port,
        @DefaultValue("8233") int uiPort,
        @Nullable String deploymentName,
        @Nullable String workerBuildId) {

    private static final String PORT = "flowmail.temporal.port";
    private static final String UI_PORT = "flowmail.temporal.ui-port";
    private static final String NAME = "flowmail.temporal.deployment-name";
    private static final String BUILD = "flowmail.temporal.worker-build-id";

    // as long and of what characters as Temporal takes them: a dot parts the two where they are one text
    private static final Pattern DEPLOYMENT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern BUILD_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public TemporalProperties {
        ListeningAddress.requirePort(spell(PORT), String.valueOf(port), 1);
        ListeningAddress.requirePort(spell(UI_PORT), String.valueOf(uiPort), 1);
        Rule.of(NAME)
                .requires(
                        (deploymentName == null) == (workerBuildId == null),
                        "and " + spell(BUILD) + " go together: set both for worker versioning, or neither.");
        Rule.of(NAME)
                .requires(
                        deploymentName == null
                                || DEPLOYMENT_NAME.matcher(deploymentName).matches(),
                        "must be 1 to 100 letters, digits, - or _, e.g. flowmail.");
        Rule.of(BUILD)
                .requires(
                        workerBuildId == null || BUILD_ID.matcher(workerBuildId).matches(),
                        "must be 1 to 100 letters, digits, ., - or _, e.g. 1.0.0-2.");
    }

    /** What Temporal tells this program's tasks from other versions' by; empty without worker versioning. */
    public Optional<WorkerDeploymentVersion> version() {
        return deploymentName == null || workerBuildId == null
                ? Optional.empty()
                : Optional.of(new WorkerDeploymentVersion(deploymentName, workerBuildId));
    }

    /**
     * @param web where Flowmail itself listens
     * @throws CannotStartException when two of the three would listen on one port
     */
    void requireOtherPortsThan(int web) {
        if (port == uiPort || port == web || uiPort == web) {
            throw new CannotStartException(spell(PORT) + ", " + spell(UI_PORT)
                    + " and SERVER_PORT (server.port) must be three different ports.");
        }
    }
}
