package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeySetting;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            return writeInto(file, rotate);
        }
        if (!rotate) {
            for (KeySetting setting : KeySetting.values()) {
                print(setting, setting.fresh());
            }
            return Commands.DONE;
        }
        return rotate(onlyPrint);
    }

    private int writeInto(Path path, boolean rotate) {
        EnvironmentFile file = EnvironmentFile.read(path);
        Map<KeySetting, KeyRing> changed = new EnumMap<>(KeySetting.class);
        for (KeySetting setting : KeySetting.values()) {
            Optional<KeyRing> present =
                    file.value(setting.variable()).map(keys -> setting.parse(setting.variable() + " in " + path, keys));
            if (rotate) {
                changed.put(
                        setting,
                        present.or(() -> inUse(setting)).map(setting::rotated).orElseGet(setting::fresh));
            } else if (present.isEmpty()) {
                changed.put(setting, setting.fresh());
            }
        }
        if (changed.isEmpty()) {
            throw new CannotStartException(path + " holds keys already, and other keys could not read what they made."
                    + " Use --rotate to put new ones before them.");
        }
        changed.forEach((setting, keys) -> file.set(setting.variable(), keys.setting()));
        file.write();
        changed.forEach((setting, keys) -> say(setting, keys, path.toString()));
        return Commands.DONE;
    }

    private int rotate(boolean onlyPrint) {
        Map<KeySetting, KeyRing> printed = new EnumMap<>(KeySetting.class);
        for (KeySetting setting : KeySetting.values()) {
            if (onlyPrint) {
                printed.put(setting, inUse(setting).map(setting::rotated).orElseGet(setting::fresh));
            } else {
                setting.in(settings.get()).ifPresent(keys -> printed.put(setting, setting.rotated(keys)));
            }
        }
        // of a version that had no receipts
        if (printed.keySet().containsAll(KeySetting.required())
                && inUse(KeySetting.RECEIPTS).isEmpty()) {
            printed.put(KeySetting.RECEIPTS, KeySetting.RECEIPTS.fresh());
        }
        if (printed.size() < KeySetting.values().length) {
            rotateGenerated(printed.keySet());
        }
        printed.forEach(this::print);
        if (!printed.isEmpty()) {
            messages.println("Put these lines where the old ones are, and restart Flowmail.");
        }
        return Commands.DONE;
    }

    private void rotateGenerated(Set<KeySetting> set) {
        List<KeySetting> generated = List.of(KeySetting.values()).stream()
                .filter(setting -> !set.contains(setting))
                .toList();
        // before the directory is opened, which would make it
        generated.forEach(this::requireGenerated);
        try {
            rotateIn(dataDirectory(), generated);
        } catch (IOException failure) {
            throw new CannotStartException(
                    "The keys in " + dataDirectory() + " cannot be written ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    private void rotateIn(Path path, List<KeySetting> generated) throws IOException {
        if (DataDirectory.isInUse(path)) {
            throw new CannotStartException("A running Flowmail uses the keys in " + path
                    + " and would not notice new ones. Stop it first; or see with --print what they would be.");
        }
        try (DataDirectory directory = DataDirectory.open(path)) {
            for (KeySetting setting : generated) {
                KeyRing keys = generated(setting).map(setting::rotated).orElseGet(setting::fresh);
                directory.writePrivately(setting.file(), keys.setting() + System.lineSeparator());
                say(setting, keys, directory.resolve(setting.file()).toString());
            }
        }
    }

    /** Empty for keys that older versions did not have: then fresh ones come first. */
    private Optional<KeyRing> inUse(KeySetting setting) {
        return setting.in(settings.get()).or(() -> generated(setting));
    }

    private Optional<KeyRing> generated(KeySetting setting) {
        requireGenerated(setting);
        return found().generated(setting);
    }

    private void requireGenerated(KeySetting setting) {
        Path file = found().file(setting);
        if (setting.isRequired() && Files.notExists(file)) {
            throw new CannotStartException("There are no keys to rotate: " + setting.variable() + " is not set, and "
                    + file + " is not there. Without --rotate new ones are made.");
        }
    }

    private Path dataDirectory() {
        return found().dataDirectory();
    }

    private KeysInUse found() {
        return new KeysInUse(settings.get());
    }

    private void print(KeySetting setting, KeyRing keys) {
        out.println(setting.variable() + "=" + keys.setting());
    }

    private void say(KeySetting setting, KeyRing keys, String place) {
        int old = keys.keys().size() - 1;
        messages.println(place + ": " + setting.variable() + " begins with the new key "
                + keys.first().id()
                + (old == 0 ? "." : ", before " + old + (old == 1 ? " old one." : " old ones.")));
    }
}
