package dev.flowmail.verification.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.verification.programs.OwnTemporal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** The fault drill in short form: each kind of fault once, some of them two at the same time. */
class DrillIT {

    @Test
    void nothingIsLostDoubledOrWrong() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Drill.Options options = new Drill.Options(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5), 2, 4711);

        boolean good = new Drill(
                        options,
                        OwnTemporal.of(new SimpleCommandLinePropertySource()),
                        new PrintStream(said, true, UTF_8))
                .play(Path.of("target", "drill"));

        assertThat(good).as(said.toString(UTF_8)).isTrue();
        assertThat(said.toString(UTF_8))
                .containsPattern(
                        "[0-9]{2,} hostile tries: [0-9]{2,} refused, [0-9]+ to a Flowmail that was down, 0 got");
    }
}
