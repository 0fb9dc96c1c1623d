package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.Values;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.HostileText;
import java.util.Optional;

/** The configuration values as they were entered, and every one that is missing or hostile as a 400 that names it. */
record ConfigurationValues(Values values) {

    private static final int LONGEST = 16_000;

    String required(String name, String remedy) {
        return value(name)
                .orElseThrow(() ->
                        ProblemException.badInput(name + " is missing in the configuration values: " + remedy + "."));
    }

    Optional<String> value(String name) {
        return secret(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** As it came, line ends and all. */
    Optional<String> unchecked(String name) {
        return values.text(name);
    }

    /** Spaces around a password may belong to it. */
    Optional<String> secret(String name) {
        Optional<String> value = values.text(name);
        if (value.filter(text -> text.length() > LONGEST || HostileText.isIn(text))
                .isPresent()) {
            throw ProblemException.badInput(name + " is too long or has control characters in it: enter it anew.");
        }
        return value;
    }
}
