package dev.flowmail.workflows.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer was given, as far as the process that took it has seen. It tells how that looked, never who it was.
 *
 * @param method one of the constants
 * @param pageAge seconds between the making of the page and its submission; null when it is not known
 * @param sweeps visits to the recipient's links by visitors that opened several of them within 10 s
 * @param marks what made it look automatic, in short words; empty when nothing did
 */
public record Manner(String method, @Nullable Long pageAge, int sweeps, List<String> marks) {

    /** The form was submitted; nothing more was asked. */
    public static final String BUTTON = "button";

    /** With the code that stands in the mail. */
    public static final String CODE = "code";

    /** With a fresh code that was mailed for it. */
    public static final String PROOF = "proof";
}
