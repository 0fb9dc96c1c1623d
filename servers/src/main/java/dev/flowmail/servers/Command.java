package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. The settings of the shell that runs this do not reach it. */
public final class Command {
    private static final long PATIENCE_MINUTES = 10;

    private final ProcessBuilder builder;
    private byte[] input = {};

    public Command(String... words) {
        this(List.of(words));
    }

    public Command(List<String> words) {
        builder = builder(words, Map.of());
    }

    /** A process with the environment of this one, but for what would be a setting of Flowmail or of Temporal's CLI. */
    static ProcessBuilder builder(List<String> words, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(Command::isSetting);
        builder.environment().putAll(environment);
        return builder;
    }

    static boolean isSetting(String variable) {
        return variable.matches("(FLOWMAIL|TEMPORAL|SERVER|SPRING)_.*");
    }

    /** Runs it in another directory than this process's. */
    public Command in(Path directory) {
        builder.directory(directory.toFile());
        return this;
    }

    public Command with(String variable, String value) {
        return with(Map.of(variable, value));
    }

    public Command with(Map<String, String> environment) {
        builder.environment().putAll(environment);
        return this;
    }

    public Command without(String variable) {
        builder.environment().remove(variable);
        return this;
    }

    /** Has it read this; nothing otherwise. */
    public Command reading(byte[] text) {
        input = text;
        return this;
    }

    /** Kills it after 10 minutes, and fails. */
    public Ended run() {
        try {
            Process process = builder.start();
            CompletableFuture<String> output = text(process.getInputStream());
            CompletableFuture<String> errors = text(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException unread) {
                // it may end before it has read all
            }
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().onExit().join();
                throw new IllegalStateException(this + " did not end: " + output.join() + errors.join());
            }
            return new Ended(process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it printed; fails unless it ends well. */
    public String output() {
        Ended ended = run();
        if (ended.code() != 0) {
            throw new IllegalStateException(this + " failed: " + ended.said());
        }
        return ended.output();
    }

    private static CompletableFuture<String> text(InputStream printed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(printed.readAllBytes(), UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> {
                    Thread reader = new Thread(task, "command");
                    reader.setDaemon(true);
                    reader.start();
                });
    }

    @Override
    public String toString() {
        return String.join(" ", builder.command());
    }

    /** What it left: its exit code, and what it wrote to each of its two outputs. */
    public record Ended(int code, String output, String errors) {

        /** All that it wrote. */
        public String said() {
            return output + errors;
        }
    }
}
