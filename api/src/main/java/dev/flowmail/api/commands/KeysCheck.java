package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.config.PrivateFiles;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.KeySetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;

/** The keys: where they come from, and whether they can be read. Never shows more than their ids. */
final class KeysCheck {

    private final ConfigurableEnvironment environment;
    private final Path directory;
    private final Report report;

    KeysCheck(ConfigurableEnvironment environment, Path directory, Report report) {
        this.environment = environment;
        this.directory = directory.toAbsolutePath().normalize();
        this.report = report;
    }

    void run() {
        report.about("Keys");
        for (KeySetting setting : KeySetting.values()) {
            try {
                check(setting);
            } catch (IOException failure) {
                report.finding(
                        directory.resolve(setting.file()) + " cannot be read ("
                                + failure.getClass().getSimpleName() + ").",
                        "Run this as the user that Flowmail runs as, who must own the file.");
            }
        }
    }

    private void check(KeySetting setting) throws IOException {
        Optional<KeyRing> set;
        try {
            set = setting.in(environment);
        } catch (CannotStartException wrong) {
            // said among the settings
            report.warning(setting.variable() + " is not of the right form.", "Make new keys with ./flowmail keys.");
            return;
        }
        if (set.isPresent()) {
            report.fine(describe(setting.variable(), set.get()));
        } else if (environment.getRequiredProperty(DerivedSettings.EMBEDDED, Boolean.class)) {
            checkGenerated(setting, directory.resolve(setting.file()));
        } else if (!setting.isRequired()) {
            report.fine(setting.variable() + " is not set: there are no receipts.");
        } else {
            // said among the settings too
            report.warning(setting.variable() + " is missing.", "Make keys with ./flowmail keys.");
        }
    }

    private void checkGenerated(KeySetting setting, Path file) throws IOException {
        if (Files.notExists(file)) {
            report.fine(setting.variable() + " is not set; the first start generates a key in " + file + ".");
            return;
        }
        try {
            KeyRing keys = setting.parse(file.toString(), Files.readString(file).strip());
            if (PrivateFiles.isOpenToOthers(file)) {
                report.finding(
                        "Other users can read the keys in " + file + ".",
                        "chmod 600 " + file + ", and rotate them with ./flowmail keys --rotate.");
            } else {
                report.fine(describe(file.toString(), keys));
            }
        } catch (CannotStartException wrong) {
            report.finding(
                    String.valueOf(wrong.getMessage()),
                    "Put the file back from a backup. Without its keys nothing can be read that they made; to begin"
                            + " anew, move the file away.");
        }
    }

    private static String describe(String where, KeyRing keys) {
        int count = keys.keys().size();
        return where + " begins with the key " + keys.first().id()
                + (count == 1 ? "." : ", before " + (count - 1) + " old.");
    }
}
