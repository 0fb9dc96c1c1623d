package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.decision.Decide.Visits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often each link is fetched, so that an answer can tell how much machines had looked at it. Best effort: kept in
 * this process only, gone with it, and the longest unvisited links go first when there are many. Who fetched is not kept.
 */
final class VisitCounter {

    private static final int MOST_LINKS = 50_000;
    private static final Duration KEPT = Duration.ofDays(30);

    private final InstantSource clock;
    private final Cache<DecisionLink, Visits> visits =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST_LINKS).build();

    VisitCounter(InstantSource clock) {
        this.clock = clock;
    }

    void count(DecisionLink link) {
        Instant now = clock.instant();
        visits.asMap()
                .merge(link, new Visits(1, now, now), (seen, one) -> new Visits(seen.count() + 1, seen.first(), now));
    }

    /** The visits to one link that this process knows of; null when it knows of none. */
    @Nullable
    Visits of(DecisionLink link) {
        return visits.getIfPresent(link);
    }
}
