package dev.flowmail.workflows.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the signal {@code decide}: what a recipient submitted.
 *
 * @param recipient the recipient's index in the request, from 0
 * @param generation which holder of that index answers
 * @param outcome index of the choice
 * @param comment plain text, at most 2,000 characters; null when there is none
 * @param visits how often the process that took the answer had seen its link fetched; null when it had not
 * @param seal what it came in; null in clear, and before it is encrypted
 * @param manner how it was given; null for a press of a button of which nothing more is known
 * @param proof what concerns a fresh code; null where the process that took it knew of no need
 * @param replaces when the answer was given that this one is meant to replace; null for a first answer
 */
public record Decide(
        int recipient,
        int generation,
        int outcome,
        @Nullable String comment,
        @Nullable Visits visits,
        @Nullable Seal seal,
        @Nullable Manner manner,
        @Nullable Proof proof,
        @Nullable Instant replaces) {

    /** By a button, of which nothing more is known. */
    public Decide(int recipient, int generation, int outcome, @Nullable String comment, @Nullable Visits visits) {
        this(recipient, generation, outcome, comment, visits, null, null, null, null);
    }

    /** The same answer, meant to replace the one that was given then; null for a first answer. */
    public Decide replacing(@Nullable Instant given) {
        return new Decide(recipient, generation, outcome, comment, visits, seal, manner, proof, given);
    }

    /** The same answer, which came in this; null for in clear. */
    public Decide in(@Nullable Seal found) {
        return new Decide(recipient, generation, outcome, comment, visits, found, manner, proof, replaces);
    }

    /**
     * Fetches of the submitted link by GET or HEAD, people's own included. Best effort: each Flowmail process counts what it
     * sees itself, until it ends.
     */
    public record Visits(int count, Instant first, Instant last) {}

    /**
     * What an answer brings for an outcome that needs a fresh code.
     *
     * @param typed hash of the code that was typed; null when none was
     * @param fresh the code that may be mailed if one is due; null when one was typed
     */
    public record Proof(@Nullable String typed, @Nullable Fresh fresh) {}

    /**
     * A code that is not known yet to anybody.
     *
     * @param nonce from which the mail makes the code, with a key that workflows do not have; it is the hash's salt as well
     * @param hash of the code
     */
    public record Fresh(String nonce, String hash) {

        /** Says nothing. */
        @Override
        public String toString() {
            return "Fresh[...]";
        }
    }

    /** Indexes only. */
    @Override
    public String toString() {
        return "Decide[" + recipient + "." + generation + " " + outcome + "]";
    }
}
