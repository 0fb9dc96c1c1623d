package dev.flowmail.api.settings;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyForm;
import dev.flowmail.activities.keys.KeyRing;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.PropertyResolver;

/** The key settings. */
public enum KeySetting {
    /** Signs decision links. */
    LINKS(KeyForm.SECRET),
    /** Encrypts what Temporal and the attachment store keep. */
    PAYLOADS(KeyForm.SECRET),
    /** Signs receipts. */
    RECEIPTS(KeyForm.SIGNING);

    private final KeyForm form;

    KeySetting(KeyForm form) {
        this.form = form;
    }

    /** A ring with one fresh key. */
    public KeyRing fresh() {
        return new KeyRing(List.of(Key.generate(form)));
    }

    /** The same keys behind a fresh first one. */
    public KeyRing rotated(KeyRing keys) {
        return keys.rotated(Key.generate(form));
    }

    /** Whether replicas need it: with a Temporal of one's own it must be set. Without receipt keys there are no receipts. */
    public boolean isRequired() {
        return required().contains(this);
    }

    /** Those that are {@link #isRequired()}. */
    public static Set<KeySetting> required() {
        return EnumSet.complementOf(EnumSet.of(RECEIPTS));
    }

    /** E.g. {@code FLOWMAIL_KEYS_LINKS}. */
    public String variable() {
        return "FLOWMAIL_KEYS_" + name();
    }

    /** E.g. {@code flowmail.keys.links}. */
    public String property() {
        return "flowmail.keys." + name().toLowerCase(Locale.ROOT);
    }

    /** Where in the data directory the generated keys are. */
    public String file() {
        return "keys/" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the settings say.
     *
     * @throws CannotStartException when that is not of the settings' form
     */
    public Optional<KeyRing> in(PropertyResolver settings) {
        String keys = settings.getProperty(property(), "");
        return keys.isBlank() ? Optional.empty() : Optional.of(parse(SettingNames.spell(property()), keys));
    }

    /** @throws CannotStartException when it is missing where it must be set */
    void require(PropertyResolver settings) {
        Rule.of(property())
                .requires(
                        !isRequired() || !settings.getProperty(property(), "").isBlank(),
                        "is missing: with TEMPORAL_ADDRESS set, the keys of links and payloads are required, because"
                                + " every replica needs the same ones. Make them with ./flowmail keys.");
    }

    /**
     * Reads keys.
     *
     * @param origin what the message calls what holds the keys
     * @throws CannotStartException when they are not of the settings' form; says nothing of them
     */
    public KeyRing parse(String origin, String keys) {
        try {
            return KeyRing.parse(keys, form);
        } catch (IllegalArgumentException wrong) {
            throw wrong(origin, wrong);
        }
    }

    /** @param origin what holds the keys */
    static CannotStartException wrong(String origin, IllegalArgumentException keys) {
        return new CannotStartException(origin + " is wrong. " + keys.getMessage() + ".", keys);
    }
}
