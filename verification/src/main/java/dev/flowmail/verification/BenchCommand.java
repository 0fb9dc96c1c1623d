package dev.flowmail.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.verification.bench.Bench;
import dev.flowmail.verification.bench.Parts;
import dev.flowmail.verification.programs.OwnTemporal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * {@code bench [--seconds=20] [--rounds=3] [--concurrency=32] [--warm-up=3000] [--burst=0] [--flood=0]
 * [--parked=0] [--replicas=0 [--share=0]] [--temporal=HOST:PORT | --postgresql=DIRECTORY --temporal-server=DIRECTORY]
 * [--baseline=JAR] --directory=DIRECTORY [--json=FILE]}.
 */
final class BenchCommand {
    /** The command of the bench's own helpers: followed by a role and what it is given. */
    static final String PART = "bench-part";

    private static final List<String> NAMES = List.of(
            "seconds",
            "rounds",
            "concurrency",
            "warm-up",
            "burst",
            "flood",
            "parked",
            "replicas",
            "share",
            "temporal",
            "postgresql",
            "temporal-server",
            "baseline",
            "directory",
            "json");

    private BenchCommand() {}

    /** Runs on until the bench is gone. */
    static void playPart(String[] arguments) {
        Parts.play(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** Returns the exit code. */
    static int run(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        SimpleCommandLinePropertySource given = new SimpleCommandLinePropertySource(arguments);
        for (String name : given.getPropertyNames()) {
            if (!NAMES.contains(name)) {
                out.println("bench does not know --" + name + ", but " + NAMES);
                return 2;
            }
        }
        Path directory = Path.of(Optional.ofNullable(text(given, "directory")).orElse("bench"));
        Bench.Options options;
        try {
            options = new Bench.Options(
                    Duration.ofSeconds(number(given, "seconds", 20, 1)),
                    number(given, "rounds", 3, 1),
                    number(given, "concurrency", 32, 1),
                    number(given, "warm-up", 3_000, 0),
                    number(given, "burst", 0, 0),
                    number(given, "flood", 0, 0),
                    number(given, "parked", 0, 0),
                    number(given, "replicas", 0, 0),
                    number(given, "share", 0, 0),
                    Optional.ofNullable(text(given, "temporal")),
                    OwnTemporal.of(given),
                    Optional.ofNullable(text(given, "baseline")).map(BenchCommand::program));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
        Path json = Path.of(Optional.ofNullable(text(given, "json"))
                .orElse(directory.resolve("bench.json").toString()));
        return switch (new Bench(options, out).measure(directory, json)) {
            case GOOD -> 0;
            case FAILED -> 1;
            case NOISY -> 3;
        };
    }

    private static Path program(String jar) {
        Path program = Path.of(jar);
        if (!Files.isRegularFile(program)) {
            throw new IllegalArgumentException(
                    "--baseline must be the flowmail.jar of an unpacked program, not " + jar);
        }
        return program;
    }

    private static int number(SimpleCommandLinePropertySource given, String name, int usual, int least) {
        String text = text(given, name);
        try {
            int number = text == null ? usual : Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " must be a whole number, not " + text, e);
        }
        throw new IllegalArgumentException("--" + name + " must be at least " + least + ", not " + text);
    }

    private static @Nullable String text(SimpleCommandLinePropertySource given, String name) {
        String value = given.getProperty(name);
        return value == null || value.isBlank() ? null : value;
    }
}
