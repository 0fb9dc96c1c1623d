package dev.flowmail.verification.bench;

import dev.flowmail.verification.programs.Pause;
import java.nio.file.Path;
import java.time.Duration;

/** One run of the bench: what is to be measured, by which load, and where the figures go. */
record Run(Bench.Options options, Figures figures, Load load, Trips trips, Progress progress, Path logs) {
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration LONGEST_RUN_UP = Duration.ofSeconds(3);

    /** How long everybody is busy before a measurement begins. */
    Duration runUp() {
        Duration quarter = options.length().dividedBy(4);
        return quarter.compareTo(LONGEST_RUN_UP) < 0 ? quarter : LONGEST_RUN_UP;
    }

    /** What one contender has left to do must not be done while the other is measured. */
    void settle() {
        Pause.of(SETTLING);
    }

    /** Prints what has just been measured. */
    void say(String format, Object... values) {
        progress.say(format, values);
    }
}
