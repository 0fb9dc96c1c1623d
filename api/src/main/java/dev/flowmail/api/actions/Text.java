package dev.flowmail.api.actions;

import dev.flowmail.templates.HostileText;
import java.util.Optional;

/** Makes of a caller's string one line that can be shown: for subjects, names and labels. */
final class Text {
    private Text() {}

    /** The line; empty when nothing is left of it. */
    static Optional<String> line(String text) {
        return Optional.of(HostileText.neutralise(text)).filter(line -> !line.isEmpty());
    }
}
