package dev.flowmail.verification.schedules;

import java.time.Instant;

/**
 * Somebody who has submitted an answer.
 *
 * @param status of the page that came; 0 when none did
 */
record Click(Instant begun, Instant answered, String address, String outcome, How how, int status) {

    /** What was submitted. */
    enum How {
        /** The question, with a button. */
        PRESS,
        /** The same with the code from the mail, which the page has asked for. */
        CODE,
        /** A page that said which answer stands, to have another one instead. */
        CHANGE
    }

    /** The page said that the answer counts, or would be counted. */
    boolean isRecorded() {
        return status == 200;
    }

    /** The page said that it changes nothing. */
    boolean isRefused() {
        return status == 409 || status == 410 || isAskedForCode();
    }

    boolean isAskedForCode() {
        return status == 428;
    }
}
