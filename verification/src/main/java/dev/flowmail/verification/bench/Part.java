package dev.flowmail.verification.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.servers.Jdk;
import dev.flowmail.verification.programs.PackagedFlowmail;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A process of the bench's own besides the bench: this program in another role. It ends when the bench does. */
final class Part implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedWriter commands;
    private final CompletableFuture<String[]> ready = new CompletableFuture<>();

    /** Starts it, and waits until it says {@code ready}; what follows goes to a consumer. */
    Part(String role, String argument, Path log, Consumer<String[]> events) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(role, argument));
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        Thread reader = new Thread(() -> read(role, said, events), "bench-" + role);
        reader.setDaemon(true);
        reader.start();
        readyWords();
    }

    /** This program in a role, with an argument, and more of them. */
    static List<String> command(String role, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Jdk.program("java"));
        command.addAll(PackagedFlowmail.JVM);
        command.addAll(List.of("-jar", System.getProperty("java.class.path"), "bench-part", role));
        Stream.of(arguments).forEach(command::add);
        return command;
    }

    private void read(String role, BufferedReader said, Consumer<String[]> events) {
        try {
            Lines.read(said, words -> {
                if (words[0].equals("ready")) {
                    ready.complete(words);
                } else {
                    events.accept(words);
                }
            });
        } catch (UncheckedIOException closed) {
            // it is gone
        }
        ready.completeExceptionally(new IllegalStateException("The bench's " + role + " ended while it started"));
    }

    /** What it said when it was ready: ports. */
    String[] readyWords() {
        try {
            return ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Tells it to do something. */
    synchronized void tell(Object... words) {
        try {
            commands.write(
                    String.join(" ", Stream.of(words).map(Object::toString).toList()));
            commands.write('\n');
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                var ignored = process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
