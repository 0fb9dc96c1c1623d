package dev.flowmail.workflows.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param status why
 * @param outcome index of the choice that Flow is told; null for a fault
 * @param decidedBy index of the recipient whose answer decided; null when nobody's did
 * @param at when
 * @param reason why an operator withdrew it, in their words; null when nobody said
 */
record Ending(
        Status status,
        @Nullable Integer outcome,
        @Nullable Integer decidedBy,
        Instant at,
        @Nullable String reason) {

    /** By this participant's answer. */
    static Ending by(Participant decider, int outcome) {
        return new Ending(Status.DECIDED, outcome, decider.index(), Run.now(), null);
    }

    /** By nobody's answer. */
    static Ending now(Status status, @Nullable Integer outcome) {
        return new Ending(status, outcome, null, Run.now(), null);
    }

    /** By an operator. */
    static Ending withdrawn(@Nullable String reason) {
        return new Ending(Status.WITHDRAWN, null, null, Run.now(), Remark.kept(reason));
    }
}
