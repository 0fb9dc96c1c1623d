package dev.flowmail.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeyProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    @TempDir
    private Path parent;

    @Test
    void nobodyElseReadsIt() throws IOException {
        try (DataDirectory directory = DataDirectory.open(parent.resolve("data"))) {
            assertThat(mode(directory.path())).isEqualTo("rwx------");
        }
    }

    @Test
    void whatWasThereIsClosedToOthers() throws IOException {
        Path data = Files.createDirectories(parent.resolve("data"));
        Path files = Files.createDirectories(data.resolve("uploads"));
        Path database = Files.writeString(data.resolve("temporal.db"), "");
        Path elsewhere = Files.writeString(parent.resolve("elsewhere"), "");
        Files.createSymbolicLink(data.resolve("link"), elsewhere);
        for (Path path : List.of(data, files)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (Path path : List.of(database, elsewhere)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        }

        DataDirectory.open(data).close();

        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(files)).isEqualTo("rwx------");
        assertThat(mode(database)).isEqualTo("rw-------");
        assertThat(mode(elsewhere)).isEqualTo("rw-r--r--");
    }

    @Test
    void aSecondFlowmailIsTurnedAway() throws IOException {
        try (DataDirectory first = DataDirectory.open(parent.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.open(first.path()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("FLOWMAIL_DATA_DIRECTORY")
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void itIsFreeAgainOnceClosed() throws IOException {
        DataDirectory.open(parent.resolve("data")).close();

        try (DataDirectory again = DataDirectory.open(parent.resolve("data"))) {
            assertThat(again.path()).isDirectory();
        }
    }

    @Test
    void aFileInItsPlaceStopsTheStart() throws IOException {
        Path file = Files.writeString(parent.resolve("data"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("FLOWMAIL_DATA_DIRECTORY");
    }

    @Test
    void keysAreMadeOnceAndReadByNobodyElse() throws IOException {
        try (DataDirectory directory = DataDirectory.open(parent.resolve("data"))) {
            KeyRings made = KeyRings.open(new KeyProperties(null, null, null), directory, true);
            KeyRings found = KeyRings.open(new KeyProperties(null, null, null), directory, true);

            assertThat(mode(directory.resolve("keys/links"))).isEqualTo("rw-------");
            assertThat(mode(directory.resolve("keys/payloads"))).isEqualTo("rw-------");
            assertThat(found.links().first().bytes())
                    .isEqualTo(made.links().first().bytes());
            assertThat(made.payloads().first().bytes())
                    .isNotEqualTo(made.links().first().bytes());
        }
    }

    @Test
    void brokenKeysAreNotReplaced() throws IOException {
        try (DataDirectory directory = DataDirectory.open(parent.resolve("data"))) {
            directory.writePrivately("keys/links", "c2VjcmV0");

            assertThatThrownBy(() -> KeyRings.open(new KeyProperties(null, null, null), directory, true))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(directory.resolve("keys/links").toString())
                    .message()
                    .doesNotContain("c2VjcmV0");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
