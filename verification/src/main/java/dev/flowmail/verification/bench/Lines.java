package dev.flowmail.verification.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a process of the bench talks with the bench: lines of words, on its standard input and output. */
public final class Lines {
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);

    /** Says one thing. Words must not hold blanks. */
    public void say(Object... words) {
        String line = Stream.of(words).map(Object::toString).collect(Collectors.joining(" "));
        synchronized (out) {
            out.print(line + "\n");
            out.flush();
        }
    }

    /** Does what it is told, and ends this program when the bench is gone. */
    public void obey(Consumer<String[]> command) {
        read(new BufferedReader(new InputStreamReader(System.in, UTF_8)), command);
        System.exit(0);
    }

    static void read(BufferedReader lines, Consumer<String[]> take) {
        try {
            @Nullable String line;
            while ((line = lines.readLine()) != null) {
                take.accept(line.split(" ", -1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
