package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.TemporalProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that say what the CLI says about its version. */
class TemporalCliTest {

    @TempDir
    private Path bin;

    private List<Path> path = List.of();

    @BeforeEach
    void putThemOnThePath() throws IOException {
        path = List.of(bin);
        program("temporal", "2.0.0");
        program("temporal-1.9.1", "1.9.1");
    }

    @Test
    void theVersionThatIsWantedComesFirst() {
        assertThat(TemporalCli.find(null, Optional.of("1.9.1"), path).version()).isEqualTo("1.9.1");
        assertThat(TemporalCli.find(null, Optional.empty(), path).version()).isEqualTo("2.0.0");
    }

    @Test
    void whereThatIsMissingTheUsualOneIsFound() {
        assertThat(TemporalCli.find(null, Optional.of("1.9.7"), path).version()).isEqualTo("2.0.0");
    }

    @Test
    void theOneThatIsConfiguredIsTakenWhateverIsWanted() {
        Path configured = bin.resolve("temporal");

        assertThat(TemporalCli.find(configured, Optional.of("1.9.1"), path).path())
                .isEqualTo(configured);
        assertThat(TemporalCli.find(Path.of("temporal"), Optional.of("1.9.1"), path)
                        .path())
                .isEqualTo(configured);
    }

    @Test
    void onWindowsItsNameEndsInExe() throws IOException {
        Files.move(bin.resolve("temporal"), bin.resolve("temporal.exe"));

        assertThat(TemporalCli.find(null, Optional.empty(), path).path()).isEqualTo(bin.resolve("temporal.exe"));
        assertThat(TemporalCli.find(bin.resolve("temporal"), Optional.empty(), path)
                        .path())
                .isEqualTo(bin.resolve("temporal.exe"));
    }

    @Test
    void oneThatIsTooOldIsRefused() throws IOException {
        Path old = program("old", "1.8.3");

        assertThatThrownBy(() -> new ServerFiles(bin).cli(settings(old)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("1.8.3");
    }

    @Test
    void aDatabaseOfOneThatIsTooOldIsRefusedWithTheRemedy() throws IOException {
        Path old = program("old", "1.8.3");
        Files.writeString(bin.resolve("temporal.db"), "");
        Files.writeString(bin.resolve("temporal.version"), "1.8.3");

        assertThatThrownBy(() -> new ServerFiles(bin).cli(settings(old)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContainingAll("1.8.3", bin.resolve("temporal.db").toString(), "move all files temporal.db*");
    }

    private static TemporalProperties settings(Path cli) {
        return new TemporalProperties(cli, 7233, 8233, null, null);
    }

    private Path program(String name, String version) throws IOException {
        return StandInCli.write(bin.resolve(name), version);
    }
}
