package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker versioning: what is current gets the work, wherever it was asked for, and open requests go with it. */
@ExtendWith(EndToEnd.class)
class VersioningIT {
    private final World world;

    VersioningIT(World world) {
        this.world = world;
    }

    @Test
    void anUpdateAndItsRollbackTakeOpenRequestsAlong() {
        Path directory = world.directory("versions");
        String anna = world.person("anna");
        String ben = world.person("ben");
        String cleo = world.person("cleo");
        try (TemporalProcess temporal = new TemporalProcess(
                                "temporal-" + directory.getFileName(),
                                directory.toAbsolutePath().resolve("temporal.db"))
                        .start();
                FlowmailProcess old = version("1.0.0", directory, temporal);
                FlowmailProcess young = version("1.1.0", directory, temporal)) {
            Operator operator = new Operator(old, temporal.address());
            old.launch();
            makeCurrent(operator, "1.0.0");
            World.patiently().until(old::isReady);
            Flow first = world.ask(old.connector(), world.question(anna));
            world.mailTo(anna);
            assertThat(buildOf(operator, first)).isEqualTo("1.0.0");

            young.start();
            Flow second = world.ask(young.connector(), world.question(ben));
            world.mailTo(ben);
            assertThat(buildOf(operator, second)).isEqualTo("1.0.0");

            makeCurrent(operator, "1.1.0");
            awaitNewRequestsOn("1.1.0", operator, old);
            Flow third = world.ask(old.connector(), world.question(cleo));
            world.mailTo(cleo);
            assertThat(buildOf(operator, third)).isEqualTo("1.1.0");
            world.letAnotherMailPass(old.connector());
            old.stop();
            // its links lead to the old one's address
            assertThat(decide(young, anna).status()).isEqualTo(200);
            world.lateAnswer(first);
            assertThat(buildOf(operator, first)).isEqualTo("1.1.0");

            old.start();
            makeCurrent(operator, "1.0.0");
            young.stop();
            assertThat(decide(old, ben).status()).isEqualTo(200);
            assertThat(decide(old, cleo).status()).isEqualTo(200);
            world.lateAnswer(second);
            world.lateAnswer(third);
            assertThat(buildOf(operator, third)).isEqualTo("1.0.0");
            world.letAnotherMailPass(old.connector());
        }
    }

    /** Opens a link of the first mail at one of the programs, whichever it leads to, and confirms. */
    private Page decide(FlowmailProcess flowmail, String person) {
        String path = world.mailTo(person).link("Approve").getPath();
        Page page = world.patientlyOpened(flowmail.address(path));
        return world.confirmed(() -> world.recipient.submit(page));
    }

    /** As docs/upgrading.md has it; a version is known once its worker has asked for tasks. */
    private static void makeCurrent(Operator operator, String build) {
        World.patiently()
                .until(() -> operator.run(
                                        "worker",
                                        "deployment",
                                        "set-current-version",
                                        "--deployment-name",
                                        "flowmail",
                                        "--build-id",
                                        build,
                                        "--yes")
                                .status()
                        == 0);
    }

    /** Temporal tells its task queues by and by. */
    private void awaitNewRequestsOn(String build, Operator operator, FlowmailProcess flowmail) {
        World.patiently().until(() -> {
            String person = world.person("probe");
            Flow flow = world.ask(flowmail.connector(), world.question(person));
            world.mailTo(person);
            return buildOf(operator, flow).equals(build);
        });
    }

    /** The version that did a request's last workflow task. */
    private static String buildOf(Operator operator, Flow flow) {
        return operator.description(operator.decision(flow))
                .at("/workflowExecutionInfo/versioningInfo/deploymentVersion/buildId")
                .asString("");
    }

    private static FlowmailProcess version(String build, Path directory, TemporalProcess temporal) {
        return new FlowmailProcess(
                "flowmail-" + build + "-" + directory.getFileName(),
                directory.resolve(build),
                Map.of(
                        "TEMPORAL_ADDRESS",
                        temporal.address(),
                        "TEMPORAL_DEPLOYMENT_NAME",
                        "flowmail",
                        "TEMPORAL_WORKER_BUILD_ID",
                        build,
                        "FLOWMAIL_KEYS_LINKS",
                        Keys.SHARED,
                        "FLOWMAIL_KEYS_PAYLOADS",
                        Keys.SHARED));
    }
}
