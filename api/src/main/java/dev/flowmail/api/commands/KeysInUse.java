package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeySetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;

/** The keys that {@code serve} would find: in the settings, else those that Flowmail generated in its data directory. */
final class KeysInUse {

    private static final String DIRECTORY = "flowmail.data-directory";

    private final ConfigurableEnvironment environment;

    KeysInUse(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    Path dataDirectory() {
        return Path.of(environment.getProperty(DIRECTORY, ".flowmail").strip())
                .toAbsolutePath()
                .normalize();
    }

    /** Empty where there are none. */
    Optional<KeyRing> find(KeySetting setting) {
        return setting.in(environment).or(() -> generated(setting));
    }

    /** Empty where none were generated. */
    Optional<KeyRing> generated(KeySetting setting) {
        Path file = file(setting);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    setting.parse(file.toString(), Files.readString(file).strip()));
        } catch (IOException failure) {
            throw new CannotStartException(
                    "The keys in " + file + " cannot be read ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    /** @throws CannotStartException where there are none */
    KeyRing demand(KeySetting setting) {
        return find(setting)
                .orElseThrow(() -> new CannotStartException("There are no keys: " + setting.variable()
                        + " is not set, and " + file(setting) + " is not there."));
    }

    Path file(KeySetting setting) {
        return dataDirectory().resolve(setting.file());
    }
}
