package dev.flowmail.api.config;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.receipts.SigningKeys;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeyProperties;
import dev.flowmail.api.settings.KeySetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The key rings.
 *
 * @param links sign decision links
 * @param payloads encrypt what Temporal and the attachment store keep
 * @param receipts sign receipts; null where there are none
 */
public record KeyRings(
        KeyRing links, KeyRing payloads, @Nullable SigningKeys receipts) {

    /**
     * From the settings; what is not set is read from the data directory, and made there on the first start.
     *
     * @param alone false with a Temporal of one's own: other replicas would not have a receipt key that is made here
     */
    public static KeyRings open(KeyProperties settings, DataDirectory directory, boolean alone) {
        return new KeyRings(
                settings.links() != null ? settings.links() : generated(directory, KeySetting.LINKS),
                settings.payloads() != null ? settings.payloads() : generated(directory, KeySetting.PAYLOADS),
                settings.receipts() == null && alone
                        ? new SigningKeys(generated(directory, KeySetting.RECEIPTS))
                        : settings.receipts());
    }

    private static KeyRing generated(DataDirectory directory, KeySetting which) {
        Path path = directory.resolve(which.file());
        try {
            if (Files.notExists(path)) {
                directory.writePrivately(which.file(), which.fresh().setting() + System.lineSeparator());
            }
            return which.parse(path.toString(), Files.readString(path).strip());
        } catch (IOException failure) {
            throw new CannotStartException(
                    "FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): the keys in " + path
                            + " can be neither read nor written: "
                            + failure.getClass().getSimpleName() + ".",
                    failure);
        }
    }
}
