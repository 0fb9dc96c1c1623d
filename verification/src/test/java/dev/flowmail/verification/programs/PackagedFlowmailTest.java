package dev.flowmail.verification.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagedFlowmailTest {
    private static final Path REPOSITORY = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"flowmail", "Dockerfile", "docs/deployment.md"})
    void whatIsTestedAndMeasuredRunsAsTheLauncherAndTheImageRunIt(String file) throws Exception {
        String options = String.join(" ", PackagedFlowmail.COMPILED_LIGHTLY);
        assertThat(Files.readString(REPOSITORY.resolve(file))).contains(options);
    }
}
