package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.activities.links.DecisionLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of a recipient's links were opened, by which client, and what was submitted for them. Best effort: kept in this process
 * only, for an hour, of the 10,000 recipients of late; of each, 30 pairs of client and link.
 */
final class Recently {

    /** The interface's moment: what happens within it belongs together. */
    static final Duration A_MOMENT = Duration.ofSeconds(10);

    /** Stands for the link for scanners where others have the index of their outcome. */
    static final int CHECK = -1;

    private static final int MOST_RECIPIENTS = 10_000;
    private static final int MOST_OPENED = 30;

    private record Opened(Client client, int outcome) {}

    private record Times(int count, Instant last) {

        boolean isWithinAMomentOf(Times other) {
            return Duration.between(last, other.last).abs().compareTo(A_MOMENT) <= 0;
        }
    }

    private final Cache<String, Map<Opened, Times>> openings = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(MOST_RECIPIENTS)
            .build();
    private final Cache<String, Map<Integer, Instant>> submissions = Caffeine.newBuilder()
            .expireAfterWrite(A_MOMENT.multipliedBy(2))
            .maximumSize(MOST_RECIPIENTS)
            .build();

    /** @param outcome the index of the link's outcome, or {@link #CHECK} */
    void opened(DecisionLink link, int outcome, Client client, Instant now) {
        Map<Opened, Times> seen = openings.get(link.holder(), key -> new ConcurrentHashMap<>());
        Opened opened = new Opened(client, outcome);
        if (seen.size() < MOST_OPENED || seen.containsKey(opened)) {
            seen.merge(opened, new Times(1, now), (before, once) -> new Times(before.count() + 1, now));
        }
    }

    void submitted(DecisionLink link, int outcome, Instant now) {
        submissions.get(link.holder(), key -> new ConcurrentHashMap<>()).put(outcome, now);
    }

    /** Whether another outcome was submitted for the recipient within a moment before. */
    boolean wasSubmittedOtherwise(DecisionLink link, int outcome, Instant now) {
        Map<Integer, Instant> seen = submissions.getIfPresent(link.holder());
        return seen != null
                && seen.entrySet().stream()
                        .anyMatch(submitted -> submitted.getKey() != outcome
                                && !submitted.getValue().isBefore(now.minus(A_MOMENT)));
    }

    /** Whether this very client has opened another of the recipient's links since then. */
    boolean hasOpenedAnother(DecisionLink link, Client client, Instant since) {
        return seen(link).entrySet().stream()
                .anyMatch(opened -> opened.getKey().client().equals(client)
                        && opened.getKey().outcome() != link.outcome()
                        && !opened.getValue().last().isBefore(since));
    }

    /** How many visits there were by clients that opened several of the recipient's links within a moment. */
    int sweeps(DecisionLink link) {
        Map<Opened, Times> seen = seen(link);
        return seen.entrySet().stream()
                .filter(visit -> seen.entrySet().stream()
                        .anyMatch(other ->
                                other.getKey().client().equals(visit.getKey().client())
                                        && other.getKey().outcome()
                                                != visit.getKey().outcome()
                                        && other.getValue().isWithinAMomentOf(visit.getValue())))
                .mapToInt(visit -> visit.getValue().count())
                .sum();
    }

    private Map<Opened, Times> seen(DecisionLink link) {
        Map<Opened, Times> seen = openings.getIfPresent(link.holder());
        return seen == null ? Map.of() : seen;
    }
}
