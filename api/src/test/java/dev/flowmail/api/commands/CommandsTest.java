package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.Flowmail;
import dev.flowmail.servers.Command;
import dev.flowmail.servers.Command.Ended;
import dev.flowmail.servers.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program itself, in processes of its own. */
class CommandsTest {

    @TempDir
    private Path directory;

    @Test
    void keysAreAllThatIsPrinted() {
        Ended keys = run("keys");

        assertThat(keys.code()).isZero();
        assertThat(keys.output())
                .matches("FLOWMAIL_KEYS_LINKS=\\S{8}:\\S{44}\\RFLOWMAIL_KEYS_PAYLOADS=\\S{8}:\\S{44}\\R"
                        + "FLOWMAIL_KEYS_RECEIPTS=\\S{8}:[A-Za-z0-9+/]{80,}=*\\R");
    }

    @Test
    void marksAreToBeSeenInEveryLocaleAndFindingsEndWithOne() {
        Ended doctor = run("doctor", "--flowmail.attachments.keep=PT0S", "--flowmail.data-directory=" + directory);

        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.output()).contains("✗ FLOWMAIL_ATTACHMENTS_KEEP (flowmail.attachments.keep)");
    }

    @Test
    void unknownCommandsAndOptionsEndWithTwo() {
        Ended command = run("doktor");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.errors()).contains("There is no command doktor.");

        Ended option = run("keys", "--rotated=c2VjcmV0");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.errors()).contains("There is no option --rotated.").doesNotContain("c2VjcmV0");

        Ended setting = run("serve", "--port=8080");
        assertThat(setting.code()).isEqualTo(2);
        assertThat(setting.errors()).contains("There is no option --port.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--flowmail.decision.timeout=soon, FLOWMAIL_DECISION_TIMEOUT",
                "--flowmail.no-such=setting, flowmail.no-such",
                "--server.port=many, SERVER_PORT"
            })
    void aWrongSettingStopsTheStartWithOneSentenceAndNothingElse(String setting) {
        String[] parts = setting.split(", ", -1);

        Ended start = run("serve", parts[0], "--flowmail.data-directory=" + directory.resolve("data"));

        assertThat(start.code()).isEqualTo(1);
        assertThat(start.errors()).startsWith("flowmail: ").contains(parts[1]);
        assertThat(start.errors().lines()).hasSize(1);
        assertThat(start.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "drain", "forget", "doctor", "keys", "verify"})
    void eachCommandHasHelpOfItsOwnAndStartsNothingForIt(String command) {
        Ended help = run(command, "--help", "--flowmail.no.such=setting");

        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("Usage: ./flowmail " + command, "-h, --help");
        assertThat(help.errors()).isEmpty();
        assertThat(directory.resolve(".flowmail")).doesNotExist();
    }

    @Test
    void helpTellsOfEveryCommand() {
        Ended help = run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("serve ", "drain ", "forget ", "doctor ", "keys ", "verify ");
    }

    private Ended run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Jdk.program("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Flowmail.class.getName()));
        command.addAll(List.of(arguments));
        return new Command(command).in(directory).with("LC_ALL", "C").run();
    }
}
