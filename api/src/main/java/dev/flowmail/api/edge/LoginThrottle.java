package dev.flowmail.api.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.api.limits.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a source that guesses out for a minute, and looks at nothing that it sends meanwhile. Behind a proxy Flow and strangers
 * are one source: where the right login came from within the last hour, that one goes on being looked at, if less often.
 */
final class LoginThrottle {

    /** Calls without the right login, in a minute, from one source. */
    private static final int MOST_WRONG = 300;

    /** Looks in a minute at what comes from a throttled source from which the right login has come: 50 guesses a second. */
    private static final int MOST_LOOKS = 3_000;

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int REMEMBERED = 50_000;

    private final RateLimit wrong = new RateLimit(MOST_WRONG);
    private final RateLimit looks = new RateLimit(MOST_LOOKS);
    private final Cache<String, Instant> pauses = Caffeine.newBuilder()
            .expireAfterWrite(PAUSE)
            .maximumSize(REMEMBERED)
            .build();
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(REMEMBERED)
            .build();

    /** How long nothing from this source is looked at yet. */
    Optional<Duration> pause(String source) {
        return Optional.ofNullable(pauses.getIfPresent(source))
                .map(end -> Duration.between(Instant.now(), end))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    /** Whether a known login from a throttled source is let in. */
    boolean maySpeak(String source) {
        return known.getIfPresent(source) != null && looks.take(source).isEmpty();
    }

    void right(String source) {
        known.put(source, true);
    }

    /** Counts one without the right login; how long to wait when that was one too many. */
    Optional<Duration> wrong(String source) {
        if (wrong.take(source).isEmpty()) {
            return Optional.empty();
        }
        pauses.put(source, Instant.now().plus(PAUSE));
        return Optional.of(PAUSE);
    }
}
