package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with tools of its own, on the program that was built. */
class LauncherIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern PINNED = Pattern.compile("(?m)^temporal_version=(\\S+)$");

    @TempDir
    private Path root;

    private String pinned;

    @BeforeEach
    void standBesideTheBuild() throws IOException {
        for (String name : List.of("flowmail", "pom.xml")) {
            Files.copy(REPOSITORY.resolve(name), root.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String name : List.of("workflows", "templates", "activities", "api")) {
            Files.createSymbolicLink(root.resolve(name), REPOSITORY.resolve(name));
        }
        pinned = PINNED.matcher(Files.readString(root.resolve("flowmail")))
                .results()
                .map(version -> version.group(1))
                .findFirst()
                .orElseThrow();
        keep(pinned);
        keep("2.0.0");
        keep("2.0.1");
    }

    @Test
    void aDataDirectoryIsServedByTheCliThatWroteIt() throws Exception {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve("temporal.db"), "");
        Files.writeString(data.resolve("temporal.version"), "2.0.0");

        assertThat(doctor("--flowmail.data-directory=" + data))
                .contains("✓ Temporal CLI 2.0.0, ", ".tools/temporal-2.0.0/temporal, which wrote the database");
        assertThat(doctor("--flowmail.data-directory=" + root.resolve("another")))
                .contains(".tools/temporal-" + pinned + "/temporal")
                .doesNotContain("which wrote the database");
    }

    @Test
    void oneThatIsChosenByHandIsTakenAndRefusedWhereItDidNotWriteTheDatabase() throws Exception {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve("temporal.db"), "");
        Files.writeString(data.resolve("temporal.version"), "2.0.0");

        assertThat(doctor(
                        "--flowmail.data-directory=" + data,
                        "--flowmail.temporal.cli=" + root.resolve(".tools/temporal-2.0.1/temporal")))
                .contains("✗", "was written by Temporal CLI 2.0.0, but", "is 2.0.1", "TEMPORAL_CLI");
    }

    @Test
    void verifyReadsTheFilesWhereItIsCalled() throws Exception {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("receipt.jws"), "no receipt");
        Files.writeString(elsewhere.resolve("jwks.json"), "{\"keys\":[]}");

        assertThat(said(elsewhere, "verify", "receipt.jws", "--keys", "jwks.json"))
                .contains("not a compact JWS");
        assertThat(said(elsewhere, "verify", "other.jws", "--keys", "jwks.json"))
                .contains("other.jws cannot be read");
    }

    /** As the launcher keeps one: a program that says what the CLI says of its version. */
    private void keep(String version) throws IOException {
        Path directory = Files.createDirectories(root.resolve(".tools/temporal-" + version));
        Path program = Files.writeString(
                directory.resolve("temporal"), "#!/bin/sh\necho 'temporal version " + version + " (Server, UI)'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(directory.resolve("complete"));
    }

    private String doctor(String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("doctor", "--server.port=" + Ports.free()));
        arguments.addAll(List.of(settings));
        return said(root, arguments.toArray(String[]::new));
    }

    private String said(Path directory, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("flowmail").toString()));
        command.addAll(List.of(arguments));
        return new Command(command)
                .in(directory)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("PATH", "/usr/bin:/bin")
                .run()
                .said();
    }
}
