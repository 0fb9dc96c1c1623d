package dev.flowmail.activities.oauth2;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens, in memory until shortly before they end. However many wait for a token of the same client, its token endpoint
 * is asked once. Safe for several threads.
 *
 * <p>A token endpoint may hand out a new refresh token with an access token (RFC 6749, section 6). It is used from then
 * on, by this process and until it ends: another one begins with the refresh token that the caller gives.
 *
 * <p>Both methods fail with an {@link ApplicationFailure} of a type in
 * {@link dev.flowmail.workflows.mail.MailFailure}: final, and naming the configuration value, when the token endpoint
 * refuses; worth another attempt when it cannot be reached or has no time.
 */
public final class AccessTokens {
    private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(20);
    private static final int MOST_CLIENTS = 1_000;

    private final TokenEndpoint endpoint;
    private final Cache<OAuth2, Token> tokens;
    private final ConcurrentMap<OAuth2, CompletableFuture<Token>> underWay = new ConcurrentHashMap<>();
    private final Cache<OAuth2, String> newestRefreshTokens =
            Caffeine.newBuilder().maximumSize(MOST_CLIENTS).build();

    /** @param http dials the token endpoints; not closed here */
    public AccessTokens(GuardedHttp http) {
        this(http, Ticker.systemTicker());
    }

    AccessTokens(GuardedHttp http, Ticker ticker) {
        this.endpoint = new TokenEndpoint(http);
        this.tokens = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(MOST_CLIENTS)
                .expireAfter(Expiry.creating((OAuth2 client, Token token) -> token.useFor()))
                .build();
    }

    /**
     * A token that is valid for a while.
     *
     * @param patience how long to wait for it
     */
    public String current(OAuth2 client, Duration patience) {
        Token kept = tokens.getIfPresent(client);
        if (kept != null) {
            return kept.value();
        }
        CompletableFuture<Token> mine = new CompletableFuture<>();
        CompletableFuture<Token> others = underWay.putIfAbsent(client, mine);
        if (others != null) {
            return await(others, client, patience);
        }
        complete(mine, client, patience);
        return await(mine, client, patience);
    }

    /**
     * Another token than one that a mail server has refused: what was got since then, else a new one.
     *
     * @param patience how long to wait for it
     */
    public String insteadOf(String refused, OAuth2 client, Duration patience) {
        Token kept = tokens.getIfPresent(client);
        if (kept != null && kept.value().equals(refused)) {
            tokens.asMap().remove(client, kept);
        }
        return current(client, patience);
    }

    private void complete(CompletableFuture<Token> mine, OAuth2 client, Duration patience) {
        try {
            // somebody may have got it since it was looked for
            Token kept = tokens.getIfPresent(client);
            mine.complete(kept == null ? fetch(client, shorter(patience, LONGEST_EXCHANGE)) : kept);
        } catch (RuntimeException | Error failure) {
            mine.completeExceptionally(failure);
        } finally {
            underWay.remove(client, mine);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String await(CompletableFuture<Token> token, OAuth2 client, Duration patience) {
        try {
            return token.get(patience.toMillis(), TimeUnit.MILLISECONDS).value();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ApplicationFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw TokenFaults.late(client);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw TokenFaults.late(client);
        }
    }

    private Token fetch(OAuth2 client, Duration limit) {
        @Nullable String newest = newestRefreshTokens.getIfPresent(client);
        if (newest == null) {
            return fetch(client, client.refreshToken(), limit);
        }
        try {
            return fetch(client, newest, limit);
        } catch (ApplicationFailure refused) {
            if (!refused.isNonRetryable()) {
                throw refused;
            }
            newestRefreshTokens.invalidate(client);
            return fetch(client, client.refreshToken(), limit);
        }
    }

    private Token fetch(OAuth2 client, @Nullable String refreshToken, Duration limit) {
        Token token = endpoint.ask(client, refreshToken, limit);
        tokens.put(client, token);
        if (token.refreshToken() != null && refreshToken != null) {
            newestRefreshTokens.put(client, token.refreshToken());
        }
        return token;
    }
}
