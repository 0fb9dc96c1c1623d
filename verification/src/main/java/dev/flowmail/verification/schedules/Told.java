package dev.flowmail.verification.schedules;

import java.time.Instant;
import java.util.List;

/**
 * One callback as Flow heard it.
 *
 * @param at when all of it had arrived
 * @param content all that Flow goes on with: the outcome or the fault, and the outputs
 * @param end the outcome's name, or the fault's code
 * @param isFault whether it is a fault
 * @param answers who answered what, as {@code address=outcome}
 * @param hasReceipt whether a receipt came with it
 * @param manner how Flow treats it
 * @param wasHeard whether the caller was still there when Flow answered
 */
record Told(
        Instant at,
        String content,
        String end,
        boolean isFault,
        List<String> answers,
        boolean hasReceipt,
        Manners.OfFlow manner,
        boolean wasHeard) {

    /** Whether the caller knows that Flow has it. */
    boolean isSettled() {
        return wasHeard && manner.takes && manner.status == 200;
    }
}
