package dev.flowmail.verification.schedules;

import java.time.Instant;

/**
 * Somebody who has submitted an answer.
 *
 * @param status of the page that came; 0 when none did
 */
record Click(Instant begun, Instant answered, String address, String outcome, int status) {

    /** The page said that the answer counts, or would be counted. */
    boolean isRecorded() {
        return status == 200;
    }

    /** The page said that it changes nothing. */
    boolean isRefused() {
        return status == 409 || status == 410;
    }
}
