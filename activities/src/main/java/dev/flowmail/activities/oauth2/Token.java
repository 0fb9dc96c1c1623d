package dev.flowmail.activities.oauth2;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint hands out.
 *
 * @param value the access token
 * @param lifetime as the token endpoint says; zero when it does not
 * @param refreshToken what replaces the refresh token; null when nothing does
 */
record Token(String value, Duration lifetime, @Nullable String refreshToken) {
    /** So that it does not end between here and the mail server. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration UNKNOWN = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** How long it is handed out. */
    Duration useFor() {
        if (lifetime.isZero()) {
            return UNKNOWN;
        }
        Duration whole = shorter(lifetime, LONGEST);
        return whole.minus(shorter(MARGIN, whole.dividedBy(5)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Says nothing: tokens stay out of logs. */
    @Override
    public String toString() {
        return "Token[...]";
    }
}
