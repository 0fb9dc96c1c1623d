package dev.flowmail.api.commands;

import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.drain.Drain;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.SettingsCheck;
import dev.flowmail.api.temporal.TemporalFacts;
import dev.flowmail.api.temporal.TemporalServer;
import dev.flowmail.api.temporal.TemporalServer.Open;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Has the running Flowmail take no new requests, or take them again. */
@CommandLine.Command(
        name = "drain",
        header = "Has the running Flowmail take no new requests, and tells how many still wait.",
        description = {
            "",
            "New requests of Flow are answered 503 from now on, after a restart too; pages, answers, files, the codec"
                    + " and health are served as before, and what was accepted goes on: mails, reminders, deadlines,"
                    + " callbacks. Call it again to see how many requests still wait.",
            "The running Flowmail is found by its data directory: call this as its user and with its settings, on each"
                    + " replica."
        },
        customSynopsis = "./flowmail drain [--undo]",
        optionListHeading = "%n",
        footer = {
            "",
            "Exit code: 0 done, 1 no Flowmail runs there, or Temporal cannot be asked; 2 the arguments make no sense."
        })
final class DrainCommand implements Command {

    @Option(names = "--undo", description = "take new requests again")
    private boolean undo;

    private final Supplier<ConfigurableEnvironment> settings;
    private final PrintStream out;

    DrainCommand(Supplier<ConfigurableEnvironment> settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public int run() {
        ConfigurableEnvironment environment = settings.get();
        Path directory =
                SettingsCheck.read(environment).dataDirectory().toAbsolutePath().normalize();
        try {
            boolean isRunning = DataDirectory.isInUse(directory);
            if (undo) {
                end(new Drain(directory), isRunning);
                return Commands.DONE;
            }
            if (!isRunning) {
                throw new CannotStartException("No Flowmail runs with the data directory " + directory
                        + ", so nothing was changed. Call this with the settings of the one that runs,"
                        + " FLOWMAIL_DATA_DIRECTORY above all.");
            }
            new Drain(directory).begin();
        } catch (IOException failure) {
            throw new CannotStartException(
                    "The data directory " + directory + " cannot be used ("
                            + failure.getClass().getSimpleName()
                            + "). Run this as the user that Flowmail runs as.",
                    failure);
        }
        out.println("Flowmail takes no new requests: it answers them 503 until ./flowmail drain --undo.");
        tellWhatIsOpen(environment);
        return Commands.DONE;
    }

    private void end(Drain drain, boolean isRunning) throws IOException {
        out.println(
                !drain.end()
                        ? "Flowmail was not drained."
                        : isRunning
                                ? "Flowmail takes new requests again."
                                : "Flowmail will take new requests when it is started.");
    }

    private void tellWhatIsOpen(ConfigurableEnvironment environment) {
        try (TemporalServer server = TemporalServer.of(environment)) {
            Open open = server.open();
            out.println(count(open.requests(), "request still waits", "requests still wait") + "; "
                    + count(open.mails(), "email is", "emails are") + " still to be delivered (" + server + ").");
        } catch (StatusRuntimeException silent) {
            throw new CannotStartException(
                    "How many requests still wait is unknown, since Temporal does not tell ("
                            + TemporalFacts.rootMessage(silent) + "). Ask again by the same command.",
                    silent);
        }
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
