package dev.flowmail.verification;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher says and refuses by itself: it stands alone in a directory, where nothing could be built. */
class LauncherTest {

    @TempDir
    private Path root;

    private final Map<String, String> settings = new HashMap<>();
    private String errors = "";
    private String output = "";

    @ParameterizedTest
    @ValueSource(strings = {"demo", "bench", "drill", "test"})
    void helpIsTheCommandsOwnAndStartsNothing(String command) throws Exception {
        assertThat(run(command, "--help")).isZero();
        assertThat(output).contains("Usage: ./flowmail " + command);
        assertThat(errors).isEmpty();
        assertThat(root.resolve(".tools")).doesNotExist();
    }

    @Test
    void helpListsEveryCommand() throws Exception {
        assertThat(run("help")).isZero();
        assertThat(output)
                .contains(
                        "demo ", "serve ", "drain ", "forget ", "doctor ", "keys ", "verify ", "bench ", "drill ",
                        "test ");
        String overview = output;
        assertThat(run()).isZero();
        assertThat(output).isEqualTo(overview);
    }

    @ParameterizedTest
    @CsvSource({
        "doktor, doktor",
        "demo --twice, --twice",
        "demo --once=no more, more",
        "bench --second=3, --second",
        "drill --minuts=3, --minuts",
        "bench .*, .*"
    })
    void whatThereIsNotIsNamed(String arguments, String named) throws Exception {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(errors).contains("\"" + named + "\"");
        assertThat(output).isEmpty();
        assertThat(root.resolve(".tools")).doesNotExist();
    }

    @Test
    @Tag("programs")
    void withoutAProgramThatTestsNeedNoTestStartsAndItIsNamed() throws Exception {
        settings.put("JAVA_HOME", System.getProperty("java.home"));
        settings.put("CHROMIUM", "/bin/true");
        settings.put("PATH", everythingBut("spamassassin", "apt-get").toString());

        assertThat(run("test")).isEqualTo(1);

        assertThat(errors).contains("This needs a spam filter: install spamassassin");
        assertThat(root.resolve(".tools")).doesNotExist();
    }

    /** A directory with the programs of {@code PATH}, some left out. */
    private Path everythingBut(String... names) throws IOException {
        Path programs = Files.createDirectory(root.resolve("programs"));
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            File[] found = new File(directory).listFiles(File::canExecute);
            for (File program : found == null ? new File[0] : found) {
                Path link = programs.resolve(program.getName());
                if (!List.of(names).contains(program.getName()) && Files.notExists(link, NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, program.toPath());
                }
            }
        }
        return programs;
    }

    private int run(String... arguments) throws Exception {
        Path launcher = root.resolve("flowmail");
        if (Files.notExists(launcher)) {
            Files.copy(Path.of("..", "flowmail"), launcher);
        }
        List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        Command.Ended ended =
                new Command(command).without("JAVA_HOME").with(settings).run();
        output = ended.output();
        errors = ended.errors();
        return ended.code();
    }
}
