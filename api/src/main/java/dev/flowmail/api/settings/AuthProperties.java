package dev.flowmail.api.settings;

import org.jspecify.annotations.Nullable;

/**
 * HTTP Basic: both are set, or none.
 *
 * @param username HTTP Basic user that Flow and operators sign in as; without a colon
 * @param password HTTP Basic password of that user
 */
public record AuthProperties(
        @Nullable String username, @Nullable String password) {

    /** @throws CannotStartException when only one is set, or the user cannot be sent */
    void check() {
        Rule.of(username == null ? "flowmail.auth.username" : "flowmail.auth.password")
                .requires((username == null) == (password == null), "is missing: user name and password go together.");
        Rule.of("flowmail.auth.username")
                .requires(
                        username == null || !username.contains(":"),
                        "must not hold a colon: HTTP Basic has no way to send it.");
    }

    /** Whether callers have to sign in. */
    public boolean isRequired() {
        return username != null;
    }

    /** Says nothing: credentials stay out of logs. */
    @Override
    public String toString() {
        return "Auth[...]";
    }
}
