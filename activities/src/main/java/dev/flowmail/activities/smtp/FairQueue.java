package dev.flowmail.activities.smtp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose mail is next: that of the tenant that has the fewest admitted, and of a tenant's mails the one that matters most: a
 * thousand mails of one delay no other's by more than a few. Guarded by the lock of its {@link ServerLimiter}.
 */
final class FairQueue {

    private final Map<String, Integer> admitted = new HashMap<>();
    private final List<Attempt> waiting = new ArrayList<>();

    /** When each tenant that has mails here got its last one admitted, by count. */
    private final Map<String, Long> lastEntries = new HashMap<>();

    private long entries;

    int waiting() {
        return waiting.size();
    }

    int admitted() {
        return admitted.values().stream().mapToInt(Integer::intValue).sum();
    }

    void waits(Attempt attempt) {
        waiting.add(attempt);
    }

    void waitsNoMore(Attempt attempt) {
        waiting.remove(attempt);
    }

    void enters(Attempt attempt) {
        admitted.merge(attempt.tenant(), 1, Integer::sum);
        lastEntries
                .keySet()
                .removeIf(one -> !admitted.containsKey(one)
                        && waiting.stream().noneMatch(other -> other.tenant().equals(one)));
        lastEntries.put(attempt.tenant(), ++entries);
    }

    void leaves(Attempt attempt) {
        admitted.computeIfPresent(attempt.tenant(), (tenant, mails) -> mails == 1 ? null : mails - 1);
    }

    /** Who is to be admitted now; null when nobody can. Tenants take turns; of one tenant's equals the first to come. */
    @Nullable
    Attempt next(Predicate<Attempt> isPossible) {
        return waiting.stream()
                .filter(isPossible)
                .min(Comparator.<Attempt>comparingInt(attempt -> admitted.getOrDefault(attempt.tenant(), 0))
                        .thenComparingLong(attempt -> lastEntries.getOrDefault(attempt.tenant(), 0L))
                        .thenComparingInt(Attempt::rank))
                .orElse(null);
    }

    /**
     * The room is shared by those who wait in it; whoever has less than a share of it finds some.
     *
     * @param room for how many
     * @param elsewhere how many wait for the same elsewhere
     */
    boolean hasPlaceFor(Attempt attempt, int room, int elsewhere) {
        long others = waiting.stream()
                .filter(other -> !isLike(other, attempt))
                .map(FairQueue::kind)
                .distinct()
                .count();
        long alike = waiting.stream().filter(other -> isLike(other, attempt)).count();
        return waiting.size() + elsewhere < room || alike < Math.max(1, room / (1 + others));
    }

    private static boolean isLike(Attempt one, Attempt other) {
        return kind(one).equals(kind(other));
    }

    private static Map.Entry<String, Integer> kind(Attempt attempt) {
        return Map.entry(attempt.tenant(), attempt.rank());
    }
}
