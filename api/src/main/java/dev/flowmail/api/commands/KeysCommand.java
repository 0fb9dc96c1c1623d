package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.settings.KeySetting;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Makes and rotates keys. Keys go to standard output, to the environment file that is named, or to the data directory;
 * messages hold ids only and go to standard error.
 */
@CommandLine.Command(
        name = "keys",
        header = "Makes the keys that sign decision links, encrypt what Temporal keeps, and sign receipts.",
        description = {
            "",
            "Without options a line for each is printed, with fresh keys, for an environment file.",
            "Flowmail reads its keys when it starts. Replicas are restarted together: one with the old lines cannot"
                    + " read what one with the new lines makes."
        },
        customSynopsis = "./flowmail keys [--rotate] [--print | --env-file PATH]",
        optionListHeading = "%n",
        footer = {
            "",
            "An old key may be removed, by hand, when nothing needs it any more: one that signed links when the last"
                    + " request that began with it has ended (119 days at most) and its links need not answer any longer;"
                    + " one that encrypted when Temporal has forgotten those requests too (the namespace's retention after"
                    + " their end). One that signed receipts stays for as long as somebody may want to check one: its"
                    + " public half is published."
        })
final class KeysCommand implements Command {

    @Option(
            names = "--rotate",
            description =
                    "put a new first key before the keys in use, which go on reading what is there. The keys in use"
                            + " are those of PATH, else of the environment (FLOWMAIL_KEYS_LINKS, FLOWMAIL_KEYS_PAYLOADS"
                            + " and FLOWMAIL_KEYS_RECEIPTS; the new lines are printed), else those that Flowmail generated"
                            + " in its data directory (they are rotated there; Flowmail must not run meanwhile)")
    private boolean rotate;

    @Option(names = "--print", description = "only print the lines; nothing is written")
    private boolean onlyPrint;

    @Option(
            names = "--env-file",
            paramLabel = "PATH",
            description =
                    "write these lines into PATH instead (mode 0600); every other line stays as it is, and keys that"
                            + " PATH holds already are not replaced")
    private @Nullable Path file;

    private final Supplier<ConfigurableEnvironment> settings;
    private final PrintStream out;
    private final PrintStream messages;

    KeysCommand(Supplier<ConfigurableEnvironment> settings, PrintStream out, PrintStream messages) {
        this.settings = settings;
        this.out = out;
        this.messages = messages;
    }

    @Override
    public int run() {
        if (file != null && onlyPrint) {
            throw new UsageException("Either --print or --env-file, not both.");
        }
        if (file != null) {
            new KeysInFile(file, present(), new KeyMessages(messages)).write(rotate);
            return Commands.DONE;
        }
        if (!rotate) {
            for (KeySetting setting : KeySetting.values()) {
                print(setting, setting.fresh());
            }
            return Commands.DONE;
        }
        return rotate(onlyPrint);
    }

    private int rotate(boolean onlyPrint) {
        Map<KeySetting, KeyRing> printed = new EnumMap<>(KeySetting.class);
        for (KeySetting setting : KeySetting.values()) {
            if (onlyPrint) {
                printed.put(
                        setting, present().inUse(setting).map(setting::rotated).orElseGet(setting::fresh));
            } else {
                setting.in(settings.get()).ifPresent(keys -> printed.put(setting, setting.rotated(keys)));
            }
        }
        // of a version that had no receipts
        if (printed.keySet().containsAll(KeySetting.required())
                && present().inUse(KeySetting.RECEIPTS).isEmpty()) {
            printed.put(KeySetting.RECEIPTS, KeySetting.RECEIPTS.fresh());
        }
        if (printed.size() < KeySetting.values().length) {
            present().rotate(printed.keySet(), new KeyMessages(messages));
        }
        printed.forEach(this::print);
        if (!printed.isEmpty()) {
            messages.println("Put these lines where the old ones are, and restart Flowmail.");
        }
        return Commands.DONE;
    }

    private PresentKeys present() {
        return new PresentKeys(settings);
    }

    private void print(KeySetting setting, KeyRing keys) {
        out.println(setting.variable() + "=" + keys.setting());
    }
}
