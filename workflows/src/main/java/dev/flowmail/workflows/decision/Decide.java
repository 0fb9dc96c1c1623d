package dev.flowmail.workflows.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the signal {@code decide}: what a recipient submitted.
 *
 * @param recipient the recipient's place in the request, from 0
 * @param generation which holder of that place answers
 * @param outcome place of the choice
 * @param comment plain text, at most 2,000 characters; null when there is none
 * @param visits how often this process saw the link fetched before; null when it did not count
 */
public record Decide(
        int recipient,
        int generation,
        int outcome,
        @Nullable String comment,
        @Nullable Visits visits) {

    /** Fetches of one link, best effort. */
    public record Visits(int count, Instant first, Instant last) {}

    /** Places only. */
    @Override
    public String toString() {
        return "Decide[" + recipient + "." + generation + " " + outcome + "]";
    }
}
