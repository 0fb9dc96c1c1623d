package dev.flowmail.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets as orchestrators mount them: a file for each, named by its property (Spring Boot's config tree). */
@Tag("programs")
class SecretFilesTests {

    @TempDir
    private Path directory;

    @Test
    void aSecretIsReadFromAFile() throws IOException {
        secret("flowmail.auth.username", "flow\n");
        secret("flowmail.auth.password", "secret\n");

        try (FlowmailProcess flowmail = start().awaitReady()) {
            assertThat(flowmail.get("/actuator/prometheus")).isEqualTo(401);
            assertThat(flowmail.output()).doesNotContain("secret");
        }
    }

    @Test
    void aFileOfAnotherNameThanASettingsStopsTheStart() throws IOException {
        secret("flowmail.auth.pasword", "secret\n");

        try (FlowmailProcess flowmail = start()) {
            assertThat(flowmail.exitCode()).isEqualTo(1);
            assertThat(flowmail.output()).contains("flowmail.auth.pasword", "Did you mean");
        }
    }

    private void secret(String name, String text) throws IOException {
        // as Kubernetes lays them out: hidden directories that change at once, and links to them
        Path hidden = Files.createDirectories(directory.resolve("secrets/..data"));
        Files.writeString(hidden.resolve(name), text);
        Files.createSymbolicLink(directory.resolve("secrets").resolve(name), Path.of("..data", name));
    }

    private FlowmailProcess start() {
        return new FlowmailProcess(
                directory.resolve("data"),
                Map.of("SPRING_CONFIG_IMPORT", "configtree:" + directory.resolve("secrets") + "/"));
    }
}
