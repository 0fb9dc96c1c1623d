package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.KeySetting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key settings in an environment file; every other line of it stays as it is.
 *
 * @param others where the keys in use are that the file does not hold
 */
record KeysInFile(Path path, PresentKeys others, KeyMessages messages) {

    /**
     * Writes fresh keys, or with {@code rotate} new first ones.
     *
     * @throws CannotStartException when other keys would be replaced
     */
    void write(boolean rotate) {
        EnvironmentFile file = EnvironmentFile.read(path);
        Map<KeySetting, KeyRing> changed = new EnumMap<>(KeySetting.class);
        for (KeySetting setting : KeySetting.values()) {
            Optional<KeyRing> present =
                    file.value(setting.variable()).map(keys -> setting.parse(setting.variable() + " in " + path, keys));
            if (rotate) {
                changed.put(
                        setting,
                        present.or(() -> others.inUse(setting))
                                .map(setting::rotated)
                                .orElseGet(setting::fresh));
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
        changed.forEach((setting, keys) -> messages.begin(setting, keys, path.toString()));
    }
}
