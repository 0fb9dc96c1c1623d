package dev.flowmail.api.commands;

import dev.flowmail.api.codec.PayloadTexts;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeySetting;
import dev.flowmail.api.settings.SettingsCheck;
import dev.flowmail.api.temporal.MailboxRuns;
import dev.flowmail.api.temporal.TemporalFacts;
import dev.flowmail.api.temporal.TemporalServer;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds what Temporal keeps of a mailbox, and deletes what has ended. The address is printed and logged nowhere. */
@CommandLine.Command(
        name = "forget",
        header = "Lists ended requests and mails that name a mailbox, and deletes them from Temporal.",
        description = {
            "",
            "Nothing by which one could search is readable in Temporal, so every run that it keeps is read and"
                    + " decrypted: that takes about a minute for each 10,000. A run names the mailbox when the address"
                    + " stands anywhere in it: among the recipients, as sender or for replies, in a reassignment, in the"
                    + " subject or text.",
            "What is still open is listed and left: it would go on. Withdraw it first, or wait for its end.",
            "Once a run is deleted, its links say that nothing is known any more, and a repeat of the same request is"
                    + " a new one."
        },
        customSynopsis = "./flowmail forget ADDRESS [--yes]",
        parameterListHeading = "%n",
        footer = {
            "",
            "Temporal must run; the embedded one runs while Flowmail does. Settings and keys are found as serve finds"
                    + " them.",
            "Exit code: 0 done, 1 something could not be read or deleted, 2 the arguments make no sense."
        })
final class ForgetCommand implements Command {

    @Parameters(paramLabel = "ADDRESS", description = "address of the mailbox; its case does not matter")
    private @Nullable String address;

    @Option(names = "--yes", description = "delete what has ended; without it everything is only listed")
    private boolean delete;

    private final Supplier<ConfigurableEnvironment> settings;
    private final PrintStream out;
    private final PrintStream messages;

    ForgetCommand(Supplier<ConfigurableEnvironment> settings, PrintStream out, PrintStream messages) {
        this.settings = settings;
        this.out = out;
        this.messages = messages;
    }

    @Override
    public int run() {
        MailboxPattern mailbox =
                MailboxPattern.of(Objects.requireNonNull(address).strip());
        ConfigurableEnvironment environment = settings.get();
        var ignored = SettingsCheck.read(environment);
        PayloadTexts texts = new PayloadTexts(new KeysInUse(environment).demand(KeySetting.PAYLOADS));
        try (TemporalServer server = TemporalServer.of(environment)) {
            return new Forgetting(new MailboxRuns(server, texts), delete, out, messages).all(mailbox)
                    ? Commands.DONE
                    : Commands.FAILED;
        } catch (StatusRuntimeException failure) {
            throw new CannotStartException(
                    "Temporal cannot be asked (" + TemporalFacts.rootMessage(failure)
                            + "). The embedded one runs while Flowmail does; start it, and call this again with its"
                            + " settings.",
                    failure);
        }
    }
}
