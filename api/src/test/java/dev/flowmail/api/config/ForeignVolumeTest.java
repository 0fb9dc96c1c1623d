package dev.flowmail.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.flowmail.servers.Command;
import dev.flowmail.servers.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A volume as Kubernetes gives it: another user's, open to a group of the pod's own. Only root can make one; Flowmail is
 * then a process without a single capability, so that it is no more than one of the group.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIf("isRoot")
@Tag("programs")
class ForeignVolumeTest {

    private static final int SOMEBODY = 10_002;

    @TempDir
    private Path parent;

    @Test
    void aVolumeThatOnlyItsGroupMayUseIsTakenAsItIs() throws Exception {
        Path volume = volume("rwxrwx---");

        assertThat(open(volume)).isEqualTo("opened\n");
        assertThat(volume.resolve("lock")).exists();
        assertThat(mode(volume)).isEqualTo("rwxrwx---");
    }

    @Test
    void ofOneThatEverybodyMayUseItWarns() throws Exception {
        Path volume = volume("rwxrwxr-x");

        assertThat(open(volume))
                .contains("FLOWMAIL_DATA_DIRECTORY", "chmod o= " + volume)
                .endsWith("opened\n");
    }

    @Test
    void itsOwnFilesThereAreClosed() throws Exception {
        Path volume = volume("rwxrwx---");
        Path database = Files.writeString(volume.resolve("temporal.db"), "");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw----"));

        assertThat(open(volume)).isEqualTo("opened\n");
        assertThat(mode(database)).isEqualTo("rw-------");
    }

    /** With a folder in it that nobody but its owner can read, as file systems bring one. */
    private Path volume(String mode) throws IOException {
        Path volume = Files.createDirectories(parent.resolve("data"));
        Path lostAndFound = Files.createDirectories(volume.resolve("lost+found"));
        Files.setPosixFilePermissions(lostAndFound, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString(mode));
        Files.setAttribute(lostAndFound, "unix:uid", SOMEBODY);
        Files.setAttribute(volume, "unix:uid", SOMEBODY);
        return volume;
    }

    private static String open(Path volume) throws Exception {
        return new Command(
                        "setpriv",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        Jdk.program("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opening.class.getName(),
                        volume.toString())
                .run()
                .said();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** What a start does first. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] arguments) throws IOException {
            // the tests of a neighbouring module bring a configuration that says less
            ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
            try (DataDirectory opened = DataDirectory.open(Path.of(arguments[0]))) {
                System.out.println(opened.path().equals(Path.of(arguments[0])) ? "opened" : "elsewhere");
            }
        }
    }
}
