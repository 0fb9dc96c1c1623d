package dev.flowmail.api.commands;

import dev.flowmail.api.settings.CannotStartException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.function.SingletonSupplier;
import picocli.CommandLine;

/** The program's commands, by its first argument. */
public final class Commands {

    /** All is well, or done. */
    static final int DONE = 0;

    /** There are findings, or it could not be done. */
    static final int FAILED = 1;

    /** The arguments make no sense. */
    static final int MISUSED = 2;

    private static final List<String> HELP = List.of("help", "--help", "-h");

    private final PrintStream out;
    private final PrintStream messages;

    private Commands(PrintStream out, PrintStream messages) {
        this.out = out;
        this.messages = messages;
    }

    /**
     * Runs the command that the first argument names.
     *
     * @return its exit code; empty when the arguments ask to serve
     */
    public static OptionalInt run(String... arguments) {
        return new Commands(stream(FileDescriptor.out), stream(FileDescriptor.err)).run(List.of(arguments));
    }

    private OptionalInt run(List<String> arguments) {
        boolean isNamed = !arguments.isEmpty() && !arguments.get(0).startsWith("-");
        try {
            if (!arguments.isEmpty() && HELP.contains(arguments.get(0))) {
                showAll();
                return OptionalInt.of(DONE);
            }
            return isNamed
                    ? run(arguments.get(0), arguments.subList(1, arguments.size()))
                    : run(ServeCommand.NAME, arguments);
        } catch (UsageException misused) {
            messages.println(
                    "flowmail: " + misused.getMessage() + " See ./flowmail help and ./flowmail COMMAND --help.");
            return OptionalInt.of(MISUSED);
        } catch (CannotStartException failure) {
            messages.println("flowmail: " + failure.getMessage());
            return OptionalInt.of(FAILED);
        }
    }

    private OptionalInt run(String name, List<String> arguments) {
        Map<Boolean, List<String>> sorted = arguments.stream().collect(Collectors.partitioningBy(Settings::isOne));
        List<String> settings = sorted.getOrDefault(true, List.of());
        CommandLine line = lines(SingletonSupplier.of(() -> Settings.load(settings))).stream()
                .filter(one -> one.getCommandName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("There is no command " + name.replaceAll("\\p{Cntrl}", " ") + "."));
        if (CommandParser.read(line, sorted.getOrDefault(false, List.of()))) {
            line.usage(out);
            return OptionalInt.of(DONE);
        }
        if (line.getCommand() instanceof Command command) {
            // a command says what it has to say itself
            LoggingSystem.get(Commands.class.getClassLoader()).beforeInitialize();
            return OptionalInt.of(command.run());
        }
        return OptionalInt.empty();
    }

    private List<CommandLine> lines(Supplier<ConfigurableEnvironment> settings) {
        return List.of(
                CommandParser.of(new ServeCommand()),
                CommandParser.of(new DrainCommand(settings, out)),
                CommandParser.of(new ForgetCommand(settings, out, messages)),
                CommandParser.of(new DoctorCommand(settings, out)),
                CommandParser.of(new KeysCommand(settings, out, messages)),
                CommandParser.of(new VerifyCommand(out, messages)));
    }

    private void showAll() {
        out.println("Usage: java -jar flowmail.jar [COMMAND] [--property=value]...");
        out.println();
        for (CommandLine line : lines(() -> Settings.load(List.of()))) {
            String[] what = line.getCommandSpec().usageMessage().header();
            out.printf("  %-8s %s%n", line.getCommandName(), what[0]);
        }
        out.println();
        out.println("COMMAND --help tells more; without a command Flowmail serves.");
    }

    /** Whatever the locale is, the marks are to be seen. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
