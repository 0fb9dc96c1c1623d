package dev.flowmail.workflows.decision;

/** What a run is there for. */
enum Mode {
    /** To send mails: there is nothing to choose from, and nobody waits for an end. */
    NOTIFIES,
    /** To try whether the mails of a debug run can be sent: only then does anybody wait for an end. */
    TRIES,
    /** To ask: somebody waits for how the request ends. */
    ASKS;

    static Mode of(DecisionRequest request) {
        if (request.choices().isEmpty()) {
            return NOTIFIES;
        }
        return request.debug() ? TRIES : ASKS;
    }

    /** Once all mails could be sent: a debug run goes on like any other. */
    Mode onceMailed() {
        return this == TRIES ? ASKS : this;
    }
}
