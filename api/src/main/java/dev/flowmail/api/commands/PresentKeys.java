package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeySetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.env.ConfigurableEnvironment;

/** The keys that are to be rotated: those of the settings, else those that Flowmail generated in its data directory. */
final class PresentKeys {

    private final Supplier<ConfigurableEnvironment> settings;

    /** @param settings read only where a key is looked for */
    PresentKeys(Supplier<ConfigurableEnvironment> settings) {
        this.settings = settings;
    }

    /**
     * Empty for keys that older versions did not have: then fresh ones come first.
     *
     * @throws CannotStartException when there are none where there must be some
     */
    Optional<KeyRing> inUse(KeySetting setting) {
        return setting.in(settings.get()).or(() -> generated(setting));
    }

    private Optional<KeyRing> generated(KeySetting setting) {
        requireGenerated(setting);
        return found().generated(setting);
    }

    private KeysInUse found() {
        return new KeysInUse(settings.get());
    }

    private void requireGenerated(KeySetting setting) {
        Path file = found().file(setting);
        if (setting.isRequired() && Files.notExists(file)) {
            throw new CannotStartException("There are no keys to rotate: " + setting.variable() + " is not set, and "
                    + file + " is not there. Without --rotate new ones are made.");
        }
    }

    /**
     * Puts a new first key before the generated ones, where they are.
     *
     * @param set those that are not generated
     * @throws CannotStartException when Flowmail runs, or the keys cannot be written
     */
    void rotate(Collection<KeySetting> set, KeyMessages messages) {
        List<KeySetting> generated = List.of(KeySetting.values()).stream()
                .filter(setting -> !set.contains(setting))
                .toList();
        // before the directory is opened, which would make it
        generated.forEach(this::requireGenerated);
        Path path = found().dataDirectory();
        try {
            rotateIn(path, generated, messages);
        } catch (IOException failure) {
            throw new CannotStartException(
                    "The keys in " + path + " cannot be written ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    private void rotateIn(Path path, List<KeySetting> generated, KeyMessages messages) throws IOException {
        if (DataDirectory.isInUse(path)) {
            throw new CannotStartException("A running Flowmail uses the keys in " + path
                    + " and would not notice new ones. Stop it first; or see with --print what they would be.");
        }
        try (DataDirectory directory = DataDirectory.open(path)) {
            for (KeySetting setting : generated) {
                KeyRing keys = generated(setting).map(setting::rotated).orElseGet(setting::fresh);
                directory.writePrivately(setting.file(), keys.setting() + System.lineSeparator());
                messages.begin(setting, keys, directory.resolve(setting.file()).toString());
            }
        }
    }
}
