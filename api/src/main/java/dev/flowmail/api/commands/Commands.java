package dev.flowmail.api.commands;

import dev.flowmail.api.config.CannotStartException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;

/** The program's commands, by its first argument. */
public final class Commands {

    /** All is well, or done. */
    static final int DONE = 0;

    /** There are findings, or it could not be done. */
    static final int FAILED = 1;

    /** The arguments make no sense. */
    static final int MISUSED = 2;

    private Commands() {}

    /**
     * Runs the command that the first argument names.
     *
     * @return its exit code; empty when the arguments ask to serve
     */
    public static OptionalInt run(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("--") || arguments[0].equals("serve")) {
            return OptionalInt.empty();
        }
        // a command says what it has to say itself
        LoggingSystem.get(Commands.class.getClassLoader()).beforeInitialize();
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        PrintStream out = stream(FileDescriptor.out);
        PrintStream errors = stream(FileDescriptor.err);
        return OptionalInt.of(run(arguments[0], rest, out, errors));
    }

    private static int run(String name, List<String> arguments, PrintStream out, PrintStream errors) {
        try {
            return switch (name) {
                case "keys" -> keys(Arguments.parse(arguments, KeysCommand.FLAGS, KeysCommand.VALUED), out, errors);
                case "doctor" -> doctor(Arguments.parse(arguments, DoctorCommand.FLAGS, DoctorCommand.VALUED), out);
                case "verify" -> verify(Arguments.parse(arguments, Set.of(), VerifyCommand.VALUED, 1), out, errors);
                default ->
                    throw new UsageException(
                            "There is no command of this name; the commands are serve, doctor, keys and verify.");
            };
        } catch (UsageException misused) {
            errors.println("flowmail: " + misused.getMessage() + " See ./flowmail help and ./flowmail COMMAND --help.");
            return MISUSED;
        } catch (CannotStartException failure) {
            errors.println("flowmail: " + failure.getMessage());
            return FAILED;
        }
    }

    private static int keys(Arguments arguments, PrintStream out, PrintStream errors) {
        if (arguments.asksForHelp()) {
            out.print(KeysCommand.HELP);
            return DONE;
        }
        return new KeysCommand(Settings.load(arguments.settings()), out, errors).run(arguments);
    }

    private static int doctor(Arguments arguments, PrintStream out) {
        if (arguments.asksForHelp()) {
            out.print(DoctorCommand.HELP);
            return DONE;
        }
        ConfigurableEnvironment environment = Settings.load(arguments.settings());
        return new DoctorCommand(environment, trust(), out).run(arguments);
    }

    private static int verify(Arguments arguments, PrintStream out, PrintStream errors) {
        if (arguments.asksForHelp()) {
            out.print(VerifyCommand.HELP);
            return DONE;
        }
        return new VerifyCommand(out, errors).run(arguments);
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException broken) {
            throw new CannotStartException("Java's own list of certificate authorities cannot be read.", broken);
        }
    }

    /** Whatever the locale is, the marks are to be seen. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
