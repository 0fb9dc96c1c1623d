package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.Outcome;
import dev.flowmail.workflows.mail.Question.Tone;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The colour that Flow's own player gives an outcome. */
final class Tones {

    private static final Map<String, Tone> BY_CLASS = Map.of(
            "btn-danger", Tone.RED,
            "btn-success", Tone.GREEN,
            "btn-primary", Tone.BLUE,
            "btn-info", Tone.PURPLE,
            "btn-default", Tone.PLAIN);

    private Tones() {}

    /** By its attribute {@code type}, else by its {@code pageActionType}; null for a plain one. */
    static @Nullable Tone of(Outcome outcome) {
        return Optional.ofNullable(outcome.attributes())
                .map(attributes -> attributes.get("type"))
                .map(type -> BY_CLASS.get(name(type.toString())))
                .or(() -> Optional.ofNullable(outcome.pageActionType()).map(Tones::ofPageAction))
                .filter(tone -> tone != Tone.PLAIN)
                .orElse(null);
    }

    private static Tone ofPageAction(String type) {
        return switch (name(type)) {
            case "delete", "cancel", "reject", "remove" -> Tone.RED;
            case "add", "import", "update", "upsert" -> Tone.GREEN;
            case "save", "new", "apply", "submit", "insert" -> Tone.BLUE;
            case "edit", "escalate", "query" -> Tone.PURPLE;
            default -> Tone.PLAIN;
        };
    }

    private static String name(String given) {
        return given.strip().toLowerCase(Locale.ROOT);
    }
}
