package dev.flowmail.activities.oauth2;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.GuardedHttp.BodyTooLargeException;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.minidev.json.JSONObject;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/** Asks token endpoints (RFC 6749, section 3.2): what is said is the library's, how it gets there is ours. */
final class TokenEndpoint {
    /** Tokens that are signed statements reach some kilobytes. */
    private static final long LARGEST_ANSWER = 32L * 1024;

    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded");

    /** What another attempt may change, though it is a 4xx. */
    private static final Set<Integer> WORTH_ANOTHER_ATTEMPT = Set.of(408, 425, 429);

    /** The same, said in the body. */
    private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error", "slow_down");

    private final GuardedHttp http;

    TokenEndpoint(GuardedHttp http) {
        this.http = http;
    }

    private record Answer(int status, String body) {}

    /**
     * Asks for an access token.
     *
     * @param refreshToken with it the refresh-token grant is used, without it the client-credentials grant
     * @param limit for the whole exchange
     */
    Token ask(OAuth2 client, @Nullable String refreshToken, Duration limit) {
        URI address = WebAddress.parse(client.tokenUrl()).orElseThrow(() -> TokenFaults.noTokenEndpoint(client));
        Answer answer = exchange(client, form(client, address, refreshToken), limit);
        Optional<JSONObject> said = json(answer.body());
        if (answer.status() >= 400) {
            throw refusal(client, answer.status(), said);
        }
        return said.flatMap(TokenEndpoint::token).orElseThrow(() -> TokenFaults.noTokenEndpoint(client));
    }

    private static HttpPost form(OAuth2 client, URI address, @Nullable String refreshToken) {
        HTTPRequest form = tokenRequest(client, address, refreshToken).toHTTPRequest();
        HttpPost post = new HttpPost(form.getURI());
        post.setHeader("Accept", "application/json");
        post.setEntity(new StringEntity(form.getBody(), FORM));
        return post;
    }

    private static TokenRequest tokenRequest(OAuth2 client, URI address, @Nullable String refreshToken) {
        AuthorizationGrant grant = refreshToken == null
                ? new ClientCredentialsGrant()
                : new RefreshTokenGrant(new RefreshToken(refreshToken));
        ClientID id = new ClientID(client.clientId());
        @Nullable String secret = client.clientSecret();
        // in the body: what Google and Microsoft document, and what every other endpoint of note takes too
        TokenRequest.Builder request = secret == null
                ? new TokenRequest.Builder(address, id, grant)
                : new TokenRequest.Builder(address, new ClientSecretPost(id, new Secret(secret)), grant);
        return client.scope() == null
                ? request.build()
                : request.scope(Scope.parse(client.scope())).build();
    }

    private Answer exchange(OAuth2 client, HttpPost request, Duration limit) {
        try {
            return http.exchange(request, new Limits(limit, LARGEST_ANSWER), (reply, body) -> {
                int status = reply.getCode();
                if (status >= 500 || WORTH_ANOTHER_ATTEMPT.contains(status)) {
                    throw TokenFaults.unavailable(client, "answered " + status);
                }
                if (status >= 300 && status < 400) {
                    throw TokenFaults.redirected(client);
                }
                return new Answer(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            });
        } catch (BodyTooLargeException noToken) {
            throw TokenFaults.noTokenEndpoint(client);
        } catch (IOException failure) {
            throw TokenFaults.unreachable(client, failure);
        }
    }

    private static Optional<JSONObject> json(String body) {
        try {
            return Optional.of(JSONObjectUtils.parse(body));
        } catch (ParseException noJson) {
            return Optional.empty();
        }
    }

    private static Optional<Token> token(JSONObject said) {
        try {
            // required, and yet left out by some
            said.putIfAbsent("token_type", "Bearer");
            AccessTokenResponse response = AccessTokenResponse.parse(said);
            AccessToken token = response.getTokens().getAccessToken();
            @Nullable RefreshToken next = response.getTokens().getRefreshToken();
            return token instanceof BearerAccessToken
                    ? Optional.of(new Token(
                            token.getValue(),
                            Duration.ofSeconds(token.getLifetime()),
                            next == null ? null : next.getValue()))
                    : Optional.empty();
        } catch (ParseException noToken) {
            return Optional.empty();
        }
    }

    private static RuntimeException refusal(OAuth2 client, int status, Optional<JSONObject> said) {
        String code = said.flatMap(TokenEndpoint::errorCode).orElse("");
        return PASSING.contains(code)
                ? TokenFaults.unavailable(client, "answered " + code)
                : TokenFaults.refused(client, status, code);
    }

    private static Optional<String> errorCode(JSONObject said) {
        try {
            return Optional.ofNullable(TokenErrorResponse.parse(said).getErrorObject())
                    .map(ErrorObject::getCode);
        } catch (ParseException noError) {
            return Optional.empty();
        }
    }
}
