package dev.flowmail.api.config;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
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
                ring("flowmail.keys.links", settings.links(), directory, "keys/links"),
                ring("flowmail.keys.payloads", settings.payloads(), directory, "keys/payloads"));
    }

    private static KeyRing ring(String property, @Nullable String setting, DataDirectory directory, String file) {
        return setting != null ? parse(SettingNames.spell(property), setting) : generated(directory, file);
    }

    private static KeyRing generated(DataDirectory directory, String file) {
        Path path = directory.resolve(file);
        try {
            if (Files.notExists(path)) {
                directory.writePrivately(file, generate() + System.lineSeparator());
            }
            return parse(path.toString(), Files.readString(path).strip());
        } catch (IOException failure) {
            throw new CannotStartException(
                    "FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): the keys in " + path
                            + " can be neither read nor written: "
                            + failure.getClass().getSimpleName() + ".",
                    failure);
        }
    }

    private static String generate() {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[4];
        byte[] key = new byte[Key.SIZE];
        random.nextBytes(id);
        random.nextBytes(key);
        return HexFormat.of().formatHex(id) + ":" + Base64.getEncoder().encodeToString(key);
    }

    /** @param origin what the message calls the place that the keys stand in */
    static KeyRing parse(String origin, String keys) {
        try {
            return KeyRing.parse(keys);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStartException(origin + " is wrong. " + wrong.getMessage() + ".", wrong);
        }
    }
}
