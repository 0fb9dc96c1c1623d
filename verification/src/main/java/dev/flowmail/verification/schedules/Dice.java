package dev.flowmail.verification.schedules;

import java.util.Random;

/** Draws one after the other. */
record Dice(Random random) {

    /** A number from 0 on, below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean isTrue() {
        return random.nextBoolean();
    }

    /** What stands there more often is drawn more often. */
    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }
}
