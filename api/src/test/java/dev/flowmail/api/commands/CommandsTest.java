package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.Flowmail;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in processes of its own. */
class CommandsTest {

    @TempDir
    private Path directory;

    @Test
    void keysAreAllThatIsPrinted() throws Exception {
        Ended keys = run("keys");

        assertThat(keys.code()).isZero();
        assertThat(keys.output())
                .matches("FLOWMAIL_KEYS_LINKS=\\S{8}:\\S{44}\\RFLOWMAIL_KEYS_PAYLOADS=\\S{8}:\\S{44}\\R"
                        + "FLOWMAIL_KEYS_RECEIPTS=\\S{8}:[A-Za-z0-9+/]{80,}=*\\R");
    }

    @Test
    void marksAreToBeSeenInEveryLocaleAndFindingsEndWithOne() throws Exception {
        Ended doctor = run("doctor", "--flowmail.attachments.keep=PT0S", "--flowmail.data-directory=" + directory);

        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.output()).contains("✗ FLOWMAIL_ATTACHMENTS_KEEP (flowmail.attachments.keep)");
    }

    @Test
    void unknownCommandsAndOptionsEndWithTwo() throws Exception {
        assertThat(run("doktor").code()).isEqualTo(2);
        assertThat(run("keys", "--rotated").code()).isEqualTo(2);
    }

    @Test
    void helpIsNoMistake() throws Exception {
        Ended help = run("doctor", "--help");

        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("SMTP_PASSWORD").doesNotContain("Settings\n");
    }

    private record Ended(int code, String output) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Flowmail.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.matches("(FLOWMAIL|TEMPORAL|SERVER|SPRING)_.*"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
