package dev.flowmail.api.commands;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.settings.KeySetting;
import java.io.PrintStream;

/** Says where new keys stand; of keys themselves only ids. */
record KeyMessages(PrintStream messages) {

    /** @param where a file, or what else holds them */
    void begin(KeySetting setting, KeyRing keys, String where) {
        int old = keys.keys().size() - 1;
        messages.println(where + ": " + setting.variable() + " begins with the new key "
                + keys.first().id()
                + (old == 0 ? "." : ", before " + old + (old == 1 ? " old one." : " old ones.")));
    }
}
