package dev.flowmail.simulator.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real S3 server (rclone) in another process, with one bucket, {@code files}, which is a directory. */
final class S3Process implements AutoCloseable {
    static final String ACCESS_KEY = "flowmail-test";
    static final String SECRET_KEY = "secret-of-the-test";

    private final int port = Program.freePort();
    private final Path directory;
    private final Program program;

    /** Not started yet. */
    S3Process(String name, Path directory) {
        this.directory = directory;
        program = new Program(
                name,
                List.of(
                        rclone(),
                        "serve",
                        "s3",
                        "--config",
                        "",
                        "--addr",
                        "127.0.0.1:" + port,
                        "--auth-key",
                        ACCESS_KEY + "," + SECRET_KEY,
                        "--no-cleanup",
                        "--dir-cache-time",
                        "0s",
                        directory.toString()),
                Map.of());
    }

    private static String rclone() {
        return Optional.ofNullable(System.getenv("RCLONE"))
                .orElseThrow(() -> new IllegalStateException("These tests need a real S3 server: run ./flowmail test,"
                        + " which fetches it, or set RCLONE to an rclone 1.70 or newer"));
    }

    S3Process start() throws IOException {
        Files.createDirectories(bucket());
        program.start();
        program.awaitReady(this::isListening);
        return this;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The directory of the bucket {@code files}. */
    Path bucket() {
        return directory.resolve("files");
    }

    @Override
    public void close() {
        if (program.isAlive()) {
            program.kill();
        }
    }
}
