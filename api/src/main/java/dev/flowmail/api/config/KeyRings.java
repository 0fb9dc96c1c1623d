package dev.flowmail.api.config;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two key rings.
 *
 * @param links sign decision links
 * @param payloads encrypt what Temporal and the attachment store keep
 */
public record KeyRings(KeyRing links, KeyRing payloads) {

    /** From the settings; what is not set is read from the data directory, and made there on the first start. */
    static KeyRings open(FlowmailProperties.Keys settings, DataDirectory directory) {
        return new KeyRings(
                ring(KeySetting.LINKS, settings, directory), ring(KeySetting.PAYLOADS, settings, directory));
    }

    private static KeyRing ring(KeySetting which, FlowmailProperties.Keys settings, DataDirectory directory) {
        @Nullable String keys = which.in(settings);
        return keys != null
                ? KeySetting.parse(SettingNames.spell(which.property()), keys)
                : generated(directory, which.file());
    }

    private static KeyRing generated(DataDirectory directory, String file) {
        Path path = directory.resolve(file);
        try {
            if (Files.notExists(path)) {
                KeyRing made = new KeyRing(List.of(Key.generate()));
                directory.writePrivately(file, made.setting() + System.lineSeparator());
            }
            return KeySetting.parse(path.toString(), Files.readString(path).strip());
        } catch (IOException failure) {
            throw new CannotStartException(
                    "FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): the keys in " + path
                            + " can be neither read nor written: "
                            + failure.getClass().getSimpleName() + ".",
                    failure);
        }
    }
}
