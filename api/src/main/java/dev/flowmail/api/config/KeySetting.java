package dev.flowmail.api.config;

import dev.flowmail.activities.keys.KeyRing;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/** The two key settings. */
public enum KeySetting {
    /** Signs decision links. */
    LINKS,
    /** Encrypts what Temporal and the attachment store keep. */
    PAYLOADS;

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

    @Nullable
    String in(FlowmailProperties.Keys settings) {
        return this == LINKS ? settings.links() : settings.payloads();
    }

    /**
     * Reads keys.
     *
     * @param origin what the message calls the place that the keys stand in
     * @throws CannotStartException when they are not of the settings' form; says nothing of them
     */
    public static KeyRing parse(String origin, String keys) {
        try {
            return KeyRing.parse(keys);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStartException(origin + " is wrong. " + wrong.getMessage() + ".", wrong);
        }
    }
}
