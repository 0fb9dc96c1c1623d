package dev.flowmail.verification.schedules;

import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody does.
 *
 * @param since from when the time is counted
 * @param millis after that moment; negative before a deadline
 * @param person index of the recipient whom it is about; 0 where it is about nobody
 * @param outcome what is clicked; null where nothing is
 */
record Step(
        Since since,
        int millis,
        Deed deed,
        int person,
        @Nullable String outcome) {

    /** The moments that times are counted from. */
    enum Since {
        /** Flowmail has accepted the request. */
        ACCEPTED,
        /** The deadline that the request was sent with. */
        DEADLINE,
        /** Flow hears of an end for the first time: its answer is not given yet. */
        TOLD,
        /** The query says for the first time that a decision is held. */
        HELD
    }

    /** What is done. */
    enum Deed {
        CLICK,
        /** Whoever may change what stands does, on a page that says so. */
        CHANGE,
        LOOK,
        WITHDRAW,
        CANCEL,
        EXTEND,
        REASSIGN,
        RESEND,
        RESEND_TO_ALL,
        RETRY_CALLBACK,
        RELEASE,
        /** The run goes on as another one, from its last task. */
        RESET,
        /** The request's next task is played from its history, as after it has left the worker's cache. */
        EVICT,
        /** kill -9 of Flowmail, which is started again at once. */
        KILL
    }

    @Override
    public String toString() {
        return since + (millis < 0 ? " " : " +") + millis + " ms: " + deed
                + (outcome == null ? "" : " " + outcome)
                + (isAboutSomebody() ? " by or for person " + person : "");
    }

    private boolean isAboutSomebody() {
        return switch (deed) {
            case CLICK, CHANGE, LOOK, REASSIGN, RESEND -> true;
            default -> false;
        };
    }
}
