package dev.flowmail.templates;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The colour of an outcome's button, as Flow's player gives it; never the only sign of what the outcome means. */
public enum Tone {
    /** Ends or takes away: delete, cancel, reject, remove. */
    RED("#b3261e"),
    /** Adds: add, import, update, upsert. */
    GREEN("#146c3a"),
    /** Keeps or sends: save, new, apply, submit, insert. */
    BLUE("#1a5fb4"),
    /** Leads on: edit, escalate, query. */
    PURPLE("#6b3fa0"),
    /** Nothing is known of it: the brand's own colour. */
    PLAIN("");

    private final String own;

    Tone(String own) {
        this.own = own;
    }

    /** The rules of a page's style sheet that give elements of a tone's class its colour. */
    static String css() {
        return Stream.of(values())
                .filter(tone -> !tone.own.isEmpty())
                .map(tone -> Accent.of(tone.own).css("." + tone.cssClass()))
                .collect(Collectors.joining());
    }

    /** The class of elements of this tone. */
    public String cssClass() {
        return name().toLowerCase(Locale.ROOT);
    }

    Accent accent(Accent brand) {
        return own.isEmpty() ? brand : Accent.of(own);
    }
}
