package dev.flowmail.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.verification.schedules.Schedules;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * {@code drill --schedules=COUNT} or {@code --schedule=NUMBER}, with {@code [--seed=1] --directory=DIRECTORY}, and for another
 * Flowmail than the one that was built {@code --program=JAR}.
 */
final class SchedulesCommand {
    private static final List<String> NAMES = List.of("schedules", "schedule", "seed", "directory", "program");

    private SchedulesCommand() {}

    static boolean isMeant(String[] arguments) {
        return Stream.of(arguments).anyMatch(argument -> argument.startsWith("--schedule"));
    }

    /** Returns the exit code. */
    static int run(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        SimpleCommandLinePropertySource given = new SimpleCommandLinePropertySource(arguments);
        for (String name : given.getPropertyNames()) {
            if (!NAMES.contains(name)) {
                out.println("drill with schedules does not know --" + name + ", but " + NAMES);
                return 2;
            }
        }
        LoggingSystem.get(SchedulesCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        Schedules schedules =
                new Schedules(Optional.ofNullable(given.getProperty("program")).map(Path::of), out);
        long seed = number(given, "seed", 1);
        Path directory =
                Path.of(Optional.ofNullable(given.getProperty("directory")).orElse("drill"));
        boolean good = given.containsProperty("schedule")
                ? schedules.playOne((int) number(given, "schedule", 0), seed, directory)
                : schedules.playFirst((int) number(given, "schedules", 100), seed, directory);
        return good ? 0 : 1;
    }

    private static long number(SimpleCommandLinePropertySource given, String name, long usual) {
        String text = given.getProperty(name);
        try {
            return text == null || text.isBlank() ? usual : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " must be a whole number, not " + text, e);
        }
    }
}
