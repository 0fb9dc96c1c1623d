package dev.flowmail.verification.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Which faults strike next, and how long: the same for the same seed, whatever else happens. */
final class FaultOrder {
    /** One fault in so many comes with another. */
    private static final int TOGETHER = 3;

    private final List<Fault> faults;
    private final List<Fault> due;
    private final Random random;

    /** @param faults each strikes once before any strikes again */
    FaultOrder(List<Fault> faults, long seed) {
        this.faults = List.copyOf(faults);
        this.due = new ArrayList<>(faults);
        this.random = new Random(seed);
    }

    /** Whether some have not struck yet. */
    boolean isIncomplete() {
        return !due.isEmpty();
    }

    /** One fault, or two that strike different things. */
    List<Fault> next() {
        List<Fault> candidates = due.isEmpty() ? faults : due;
        Fault first = candidates.get(random.nextInt(candidates.size()));
        List<Fault> others = candidates.stream()
                .filter(fault -> !fault.subject().equals(first.subject()))
                .toList();
        // drawn in any case, so that what follows is the same
        boolean together = random.nextInt(TOGETHER) == 0;
        List<Fault> next = others.isEmpty() || !together
                ? List.of(first)
                : List.of(first, others.get(random.nextInt(others.size())));
        due.removeAll(next);
        return next;
    }

    /** A number below a bound. */
    int chance(int bound) {
        return random.nextInt(bound);
    }
}
