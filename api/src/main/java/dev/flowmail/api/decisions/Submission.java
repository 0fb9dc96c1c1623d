package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.SubmissionGuard.Look;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.Manner;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has submitted by a link.
 *
 * @param outcome index of the chosen outcome
 * @param comment plain text; null when there is none
 * @param look what was seen of it
 * @param replaces when the answer was given that it is meant to replace; null for an answer to the question
 */
record Submission(
        DecisionLink link,
        int outcome,
        @Nullable String comment,
        Look look,
        @Nullable Instant replaces) {

    Finding finding() {
        return look.finding();
    }

    /** As far as the guard is concerned; proof is another matter. */
    boolean counts(DecisionState state) {
        return finding().counts(state);
    }

    /** Null for a press of a button of which nothing more is known. */
    @Nullable
    Manner manner() {
        boolean hasCode = finding() == Finding.CODE_IS_RIGHT;
        Duration pageAge = look.pageAge();
        if (!hasCode && pageAge == null && look.sweeps() == 0 && look.marks().isEmpty()) {
            return null;
        }
        return new Manner(
                hasCode ? Manner.CODE : Manner.BUTTON,
                pageAge == null ? null : pageAge.toSeconds(),
                look.sweeps(),
                look.marks());
    }
}
