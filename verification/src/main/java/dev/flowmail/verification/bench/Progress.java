package dev.flowmail.verification.bench;

import java.io.PrintStream;
import java.util.Locale;

/** What the bench prints while it is under way. */
final class Progress {
    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }
}
