package dev.flowmail.verification.drill;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What became of hostile tries. All of them must be refused. Safe for several threads. */
final class Attempts {
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();
    private final List<String> successes = new CopyOnWriteArrayList<>();

    /** @param status of the answer, or one of {@link Wire} */
    void note(String what, int status) {
        tries.incrementAndGet();
        if (status == Wire.NOBODY) {
            unheard.incrementAndGet();
        } else if (status == Wire.CUT_OFF || status >= 400) {
            refused.incrementAndGet();
        } else {
            successes.add(what + " was answered " + status);
        }
    }

    void succeed(String sentence) {
        successes.add(sentence);
    }

    /** What was not refused, as sentences. */
    List<String> successes() {
        return successes;
    }

    /** One sentence. */
    String summary() {
        return "%d hostile tries: %d refused, %d to a Flowmail that was down, %d got through."
                .formatted(tries.get(), refused.get(), unheard.get(), successes.size());
    }
}
