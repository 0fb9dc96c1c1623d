package dev.flowmail.workflows.mail;

/** What comes first where there is more to do than can be done: Temporal's priority keys, from 1, the most urgent, to 5. */
public final class Urgency {

    /** Somebody's decision is waited for: its mails, and what becomes of the answer. */
    public static final int DECISION = 2;

    /** Also what Temporal takes for what was given none. */
    public static final int PLAIN_MAIL = 3;

    /** Whoever is reminded has the mail already. */
    public static final int REMINDER = 4;

    private Urgency() {}
}
