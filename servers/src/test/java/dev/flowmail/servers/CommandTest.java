package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    @Test
    void itsTwoOutputsAndItsExitCodeAreTold(@TempDir Path directory) {
        Command.Ended ended = new Command("sh", "-c", "cat; pwd; echo $WORD >&2; exit 3")
                .in(directory)
                .with("WORD", "aside")
                .reading("read\n".getBytes(UTF_8))
                .run();

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output()).isEqualTo("read\n" + directory + "\n");
        assertThat(ended.errors()).isEqualTo("aside\n");
    }

    @Test
    void oneThatDoesNotReadWhatItIsGivenEndsAllTheSame() {
        assertThat(new Command("true").reading(new byte[1_000_000]).run().code())
                .isZero();
    }

    @Test
    void oneThatHasToEndWellIsQuotedWhenItDoesNot() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Command("sh", "-c", "echo no such file >&2; exit 1").output())
                .withMessageContaining("no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOWMAIL_AUTH_USERNAME", "TEMPORAL_ADDRESS", "SERVER_PORT", "SPRING_MAIL_HOST"})
    void aSettingOfTheShellDoesNotReachIt(String variable) {
        assertThat(Command.isSetting(variable)).isTrue();
        assertThat(Command.isSetting("NO_" + variable)).isFalse();
    }
}
