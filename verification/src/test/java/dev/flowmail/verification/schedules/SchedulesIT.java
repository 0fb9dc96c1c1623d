package dev.flowmail.verification.schedules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever comes in whatever order: one end, and everybody is told the same. */
@Execution(ExecutionMode.CONCURRENT)
class SchedulesIT {

    @Test
    void thirtySchedulesGoAsTheyMay() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        boolean good = new Schedules(Optional.empty(), new PrintStream(said, true, UTF_8))
                .playFirst(30, 1, Path.of("target", "schedules"));

        assertThat(good).as(said.toString(UTF_8)).isTrue();
    }
}
