package dev.flowmail.api.decisions;

import dev.flowmail.workflows.decision.DecisionState;

/** What Temporal says of a request. */
public sealed interface Standing {

    /** The workflow has told. */
    record Told(DecisionState state) implements Standing {}

    /** Ended by force: an operator terminated it, or it failed. */
    record Terminated() implements Standing {}

    /** Nothing is kept of it any more. */
    record Forgotten() implements Standing {}

    /** Temporal has an answer of whoever looks, and what it amounts to is not known yet. */
    record Recorded() implements Standing {}

    /** Temporal has it, but no worker has answered for it in time. */
    record Unanswered() implements Standing {}
}
