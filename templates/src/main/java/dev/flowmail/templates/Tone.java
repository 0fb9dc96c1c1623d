package dev.flowmail.templates;

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

    Accent accent(Accent brand) {
        return own.isEmpty() ? brand : Accent.of(own);
    }
}
