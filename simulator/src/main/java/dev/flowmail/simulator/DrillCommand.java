package dev.flowmail.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.simulator.drill.Drill;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** {@code --drill [--minutes=20] [--per-second=3] [--seed=1] --directory=DIRECTORY}. */
final class DrillCommand {
    private static final Duration HOLD = Duration.ofSeconds(12);

    /** A killed worker's mail goes out again within two minutes. */
    private static final Duration QUIET = Duration.ofSeconds(130);

    private DrillCommand() {}

    /** Returns the exit code. */
    static int run(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        SimpleCommandLinePropertySource given = new SimpleCommandLinePropertySource(arguments);
        Drill.Options options = new Drill.Options(
                Duration.ofMinutes(number(given, "minutes", 20)),
                HOLD,
                QUIET,
                number(given, "per-second", 3),
                number(given, "seed", System.nanoTime()));
        boolean good = new Drill(options, out).play(Path.of(text(given, "directory", "drill")));
        out.println(good ? "Nothing was lost, doubled or wrong." : "The drill failed: see the numbers above.");
        return good ? 0 : 1;
    }

    private static long number(SimpleCommandLinePropertySource given, String name, long usual) {
        return Long.parseLong(text(given, name, Long.toString(usual)));
    }

    private static String text(SimpleCommandLinePropertySource given, String name, String usual) {
        String value = given.getProperty(name);
        return value == null || value.isBlank() ? usual : value;
    }
}
