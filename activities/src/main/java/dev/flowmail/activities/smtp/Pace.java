package dev.flowmail.activities.smtp;

import java.time.Duration;

/**
 * How often things are looked at.
 *
 * @param heartbeats time to an attempt's first heartbeat, and between them
 * @param longestIdle after which a connection that nobody uses is closed
 * @param surelyAlive how long a connection may rest and not be probed before its next mail: sending finds out as quickly
 */
record Pace(Duration heartbeats, Duration longestIdle, Duration surelyAlive) {

    /** A quick mail costs no heartbeat; with a heartbeat timeout of 60 s a slow one may miss some. */
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(2));
}
