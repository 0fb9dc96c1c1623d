package dev.flowmail.activities.smtp;

import java.time.Duration;

/** How much a connection was used. For one thread. */
final class Usage {

    /** Servers that count take no more from one session. */
    private static final int MOST_MAILS = 100;

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final long opened = System.nanoTime();
    private int mails;
    private long lastUsed = opened;

    void countMail() {
        mails++;
    }

    /** Nothing is sent from now on. */
    void rests() {
        lastUsed = System.nanoTime();
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** Whether it has served as long as a connection should. */
    boolean isEnough() {
        return mails >= MOST_MAILS || System.nanoTime() - opened > LONGEST_LIFE.toNanos();
    }
}
