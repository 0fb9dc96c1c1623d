package dev.flowmail.verification.drill;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Draws for several threads. */
final class Chance {
    private final Random random;

    Chance(Random random) {
        this.random = random;
    }

    /** A number from 0 on, below a bound. */
    synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    boolean ofOneIn(int many) {
        return below(many) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Shorter than so many milliseconds. */
    Duration shorterThan(int millis) {
        return Duration.ofMillis(below(millis));
    }

    synchronized byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
