package dev.flowmail.activities.fairness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is next where few are admitted at once: the tenant that has the fewest admitted, and of a tenant's claims the one that
 * matters most: a thousand claims of one delay no other's by more than a few. To be guarded by a lock of whoever has it.
 */
public final class FairQueue<C extends Claim> {

    private final Map<String, Integer> admitted = new HashMap<>();
    private final List<C> waiting = new ArrayList<>();

    /** When each tenant that has claims here got its last one admitted, by count. */
    private final Map<String, Long> lastEntries = new HashMap<>();

    private long entries;

    /** How many wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How many are admitted. */
    public int admitted() {
        return admitted.values().stream().mapToInt(Integer::intValue).sum();
    }

    public void waits(C claim) {
        waiting.add(claim);
    }

    /** Admitted or not. */
    public void waitsNoMore(C claim) {
        waiting.remove(claim);
    }

    public void enters(C claim) {
        admitted.merge(claim.tenant(), 1, Integer::sum);
        lastEntries
                .keySet()
                .removeIf(one -> !admitted.containsKey(one)
                        && waiting.stream().noneMatch(other -> other.tenant().equals(one)));
        lastEntries.put(claim.tenant(), ++entries);
    }

    public void leaves(C claim) {
        admitted.computeIfPresent(claim.tenant(), (tenant, claims) -> claims == 1 ? null : claims - 1);
    }

    /** Who is to be admitted now; null when nobody can. Tenants take turns; of one tenant's equals the first to come. */
    public @Nullable C next(Predicate<C> isPossible) {
        return waiting.stream()
                .filter(isPossible)
                .min(Comparator.<C>comparingInt(claim -> admitted.getOrDefault(claim.tenant(), 0))
                        .thenComparingLong(claim -> lastEntries.getOrDefault(claim.tenant(), 0L))
                        .thenComparingInt(Claim::rank))
                .orElse(null);
    }

    /**
     * The room is shared by those who wait in it; whoever has less than a share of it finds some.
     *
     * @param room for how many
     * @param elsewhere how many wait for the same elsewhere
     */
    public boolean hasPlaceFor(C claim, int room, int elsewhere) {
        long others = waiting.stream()
                .filter(other -> !isLike(other, claim))
                .map(FairQueue::kind)
                .distinct()
                .count();
        long alike = waiting.stream().filter(other -> isLike(other, claim)).count();
        return waiting.size() + elsewhere < room || alike < Math.max(1, room / (1 + others));
    }

    private static boolean isLike(Claim one, Claim other) {
        return kind(one).equals(kind(other));
    }

    private static Map.Entry<String, Integer> kind(Claim claim) {
        return Map.entry(claim.tenant(), claim.rank());
    }
}
