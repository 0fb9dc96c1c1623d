package dev.flowmail.api.decisions;

import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import java.util.Optional;

/** Whether a submission speaks for a reader of the mail. */
enum Finding {
    /** Nothing speaks against it. */
    PLAIN(true),
    /** It looks automatic. */
    DOUBTFUL(false),
    /** It came with the code from the mail. */
    CODE_IS_RIGHT(true),
    CODE_IS_WRONG(false),
    /** The page asked for the code, and none was typed. */
    CODE_IS_MISSING(false),
    /** It came with a code, and too many wrong ones came for this recipient lately: whether it is right is not even looked at. */
    TOO_MANY_CODES(false);

    private final boolean speaksForIt;

    Finding(boolean speaksForIt) {
        this.speaksForIt = speaksForIt;
    }

    /** Whether the submission may count, as far as this process knows its request; the request's workflow has the last word. */
    boolean mayCount(Optional<DecisionState> known) {
        return known.map(this::counts).orElse(speaksForIt);
    }

    boolean counts(DecisionState state) {
        Confirmation confirmation = state.confirmation();
        return confirmation == null
                || switch (confirmation) {
                    case BUTTON -> true;
                    case CAREFUL -> speaksForIt;
                    case CODE -> this == CODE_IS_RIGHT;
                };
    }
}
