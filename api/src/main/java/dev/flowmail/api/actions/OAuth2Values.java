package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configuration values by which a mail server is signed in to with OAuth2. */
record OAuth2Values(ConfigurationValues values, WebAddresses addresses) {

    private static final Pattern KEY = Pattern.compile("-----BEGIN |\"(private_key|client_email)\"");
    private static final String NO_KEYS =
            "Signing in by a certificate, a private key or a signed JWT (private_key_jwt, JWT"
                    + " bearer, service accounts) is not supported: use a client secret or a refresh token.";

    /** Null where the server is signed in to otherwise. */
    @Nullable
    OAuth2 client() {
        Optional<String> tokenUrl = values.value("OAuth2 Token URL");
        if (tokenUrl.isEmpty()) {
            Stream.of("OAuth2 Client ID", "OAuth2 Client Secret", "OAuth2 Refresh Token", "OAuth2 Scope")
                    .filter(name -> values.value(name).isPresent())
                    .findFirst()
                    .ifPresent(name -> {
                        throw ProblemException.badInput(
                                "OAuth2 Token URL is missing while " + name + " is set: enter it, or clear both.");
                    });
            return null;
        }
        values.required("Username", "with OAuth2 it is the mailbox to send from");
        Stream.of("OAuth2 Client Secret", "OAuth2 Refresh Token").forEach(this::refuseKeys);
        // made by machines, and without spaces, unlike some passwords
        Optional<String> secret = values.value("OAuth2 Client Secret");
        Optional<String> refreshToken = values.value("OAuth2 Refresh Token");
        if (secret.isEmpty() && refreshToken.isEmpty()) {
            throw ProblemException.badInput(
                    "OAuth2 Client Secret and OAuth2 Refresh Token are both missing: enter one. " + NO_KEYS);
        }
        return new OAuth2(
                addresses.check("OAuth2 Token URL", tokenUrl.get()),
                values.required("OAuth2 Client ID", "enter the client's id"),
                secret.orElse(null),
                refreshToken.orElse(null),
                values.value("OAuth2 Scope").orElse(null));
    }

    /** A key as it is downloaded: PEM, or a service account's JSON. */
    private void refuseKeys(String name) {
        if (values.unchecked(name).filter(KEY.asPredicate()).isPresent()) {
            throw ProblemException.badInput(name + " holds a private key or a certificate. " + NO_KEYS);
        }
    }
}
