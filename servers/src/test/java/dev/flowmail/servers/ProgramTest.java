package dev.flowmail.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    @TempDir
    private Path directory;

    @Test
    void itsOutputIsThatOfItsLastStartAndItsLogHasAll() throws Exception {
        Program program = program("echo start $NUMBER", Map.of());
        program.start(Map.of("NUMBER", "1"));
        assertThat(program.awaitEnd()).isZero();
        program.start(Map.of("NUMBER", "2"));
        assertThat(program.awaitEnd()).isZero();

        assertThat(program.output()).isEqualTo("start 2\n");
        assertThat(Files.readString(program.log())).isEqualTo("start 1\nstart 2\n");
    }

    @Test
    void oneThatEndsInsteadOfGettingReadyIsQuoted() {
        Program program = program("echo port $PORT is taken; exit 1", Map.of("PORT", "8080"));
        program.start();

        assertThatIllegalStateException()
                .isThrownBy(() -> program.awaitReady(() -> false))
                .withMessageContaining("ended while it started")
                .withMessageContaining("port 8080 is taken");
    }

    @Test
    void closingItKillsIt() {
        Program program = program("exec sleep 600", Map.of());
        try (program) {
            program.start();
            assertThat(program.isAlive()).isTrue();
        }

        assertThat(program.isAlive()).isFalse();
    }

    private Program program(String script, Map<String, String> environment) {
        return new Program(directory.resolve("log"), List.of("sh", "-c", script), environment);
    }
}
