package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Program;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Schemathesis calls a running Flowmail by what its OpenAPI page says, with good and bad requests. */
@ExtendWith(EndToEnd.class)
class OpenApiIT {

    /** What a page cannot say: which of Flow's values go together. Numbers and truth values are taken as text, too. */
    private static final String BEYOND_A_SCHEMA = "positive_data_acceptance,negative_data_rejection";

    private final World world;

    OpenApiIT(World world) {
        this.world = world;
    }

    @Test
    void whatIsAnsweredIsWhatThePageSays() throws IOException {
        Path report = world.directory("schemathesis").toAbsolutePath();
        try (FlowmailProcess flowmail = new FlowmailProcess(
                        "flowmail-schemathesis",
                        world.directory("openapi"),
                        Map.of("FLOWMAIL_AUTH_USERNAME", "flow", "FLOWMAIL_AUTH_PASSWORD", "secret"))
                .start()) {
            Path log = report.resolve("log");
            Program schemathesis = new Program(
                    log,
                    List.of(
                            // it leaves things where it runs
                            "sh",
                            "-c",
                            "cd \"$0\" && exec \"$@\"",
                            report.toString(),
                            schemathesis(),
                            "run",
                            flowmail.address("/v3/api-docs").toString(),
                            "--auth=flow:secret",
                            "--phases=examples,coverage,fuzzing",
                            "--exclude-checks=" + BEYOND_A_SCHEMA,
                            "--max-examples=10",
                            "--seed=1",
                            "--no-shrink",
                            "--continue-on-failure",
                            "--warnings=off",
                            "--output-sanitize=false"),
                    Map.of());
            schemathesis.start();
            World.patiently().atMost(Duration.ofMinutes(10)).until(() -> !schemathesis.isAlive());

            assertThat(schemathesis.awaitEnd()).as(Files.readString(log)).isZero();
            assertThat(Files.readString(log)).contains("9 passed");
        }
    }

    private static String schemathesis() {
        return Optional.ofNullable(System.getenv("SCHEMATHESIS"))
                .orElseThrow(() -> new IllegalStateException("This test needs Schemathesis: run ./flowmail test, which"
                        + " fetches it, or set SCHEMATHESIS to where it is"));
    }
}
