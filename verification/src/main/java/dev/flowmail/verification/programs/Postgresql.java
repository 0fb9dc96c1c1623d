package dev.flowmail.verification.programs;

import dev.flowmail.servers.Ports;
import dev.flowmail.servers.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL in a directory of its own, which is gone when it is closed. */
final class Postgresql implements AutoCloseable {
    private final int port = Ports.free();
    private final Path directory = directory();
    private final Program program;

    /**
     * Not started yet.
     *
     * @param programs the directory of its programs, {@code initdb} among them
     * @param user who may do everything, without a password
     */
    Postgresql(Path programs, String user, Path logs) {
        Path data = directory.resolve("data");
        new Program(
                        logs.resolve("initdb.log"),
                        asPostgres(programs.resolve("initdb"), "-D", data, "-U", user, "--auth=trust", "-E", "UTF8"),
                        Map.of())
                .runToEnd();
        program = new Program(
                logs.resolve("postgresql.log"),
                asPostgres(
                        programs.resolve("postgres"),
                        "-D",
                        data,
                        "-p",
                        port,
                        "-h",
                        "127.0.0.1",
                        "-k",
                        directory,
                        "-N",
                        "200"),
                Map.of());
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return program.isAlive();
    }

    /** It has a process for each connection. */
    List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(program.handle()), program.handle().descendants())
                .toList();
    }

    /** Starts it and waits until it listens. */
    void start() {
        program.start();
        program.awaitReady(() -> Ports.isListening(port));
    }

    @Override
    public void close() {
        program.close();
        // its helpers may still be writing: what is left is in a temporary directory
        var ignored = FileSystemUtils.deleteRecursively(directory.toFile());
    }

    /** Where PostgreSQL's own user may write: it refuses to run as root. */
    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("flowmail-drill");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asPostgres(Object... command) {
        Stream<String> words = Stream.of(command).map(Object::toString);
        Stream<String> user = System.getProperty("user.name").equals("root")
                ? Stream.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
                : Stream.of();
        return Stream.concat(user, words).toList();
    }
}
