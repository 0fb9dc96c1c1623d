package dev.flowmail.activities.smtp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When a mail that its server has no time for comes again. */
final class Pauses {

    private static final Duration FIRST = Duration.ofSeconds(2);

    /** Between two tries to be admitted to a busy server: it moves on. */
    private static final Duration LONGEST_WHEN_BUSY = Duration.ofMinutes(1);

    /** The same, while the server fails; and as long as mails are apart at most in any case. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private Pauses() {}

    /**
     * Longer with each attempt, like Temporal's own pauses, but not the same for mails that came together.
     *
     * @param failing whether the server does not answer, so that nobody knows when it will be back
     */
    static Duration after(Attempt attempt, boolean failing) {
        Duration longest = failing ? LONGEST : LONGEST_WHEN_BUSY;
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt.number() - 1, 10));
        return about(doubled.compareTo(longest) < 0 ? doubled : longest);
    }

    /** Between a half of it and the whole. */
    static Duration about(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }
}
