package dev.flowmail.api.commands;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The doctor's options of a mail server, as they were written. */
final class SmtpOptions {

    @Option(
            names = "--smtp",
            paramLabel = "HOST:PORT:TRANSPORT",
            description =
                    "check a mail server too, as Flowmail would use it; TRANSPORT is plain, tls (STARTTLS) or ssl, as in"
                            + " Flow's configuration values")
    private @Nullable String server;

    @Option(
            names = "--username",
            paramLabel = "NAME",
            description = "sign in; the password is taken from SMTP_PASSWORD, else asked for")
    private @Nullable String username;

    @Option(names = "--send-to", paramLabel = "ADDRESS", description = "send a test mail to this address")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "its author; NAME when not given")
    private @Nullable String from;

    @Option(
            names = "--oauth2-token-url",
            paramLabel = "URL",
            description =
                    "sign in by OAuth2 instead of a password, as with Flow's OAuth2 values; the secrets are taken from"
                            + " OAUTH2_CLIENT_SECRET and OAUTH2_REFRESH_TOKEN")
    private @Nullable String tokenUrl;

    @Option(names = "--oauth2-client-id", paramLabel = "ID", description = "the client to sign in as")
    private @Nullable String clientId;

    @Option(names = "--oauth2-scope", paramLabel = "SCOPE", description = "the scope to ask for")
    private @Nullable String scope;

    Optional<String> server() {
        return stripped(server);
    }

    Optional<String> username() {
        return stripped(username);
    }

    Optional<String> to() {
        return stripped(to);
    }

    Optional<String> from() {
        return stripped(from);
    }

    Optional<String> tokenUrl() {
        return stripped(tokenUrl);
    }

    Optional<String> clientId() {
        return stripped(clientId);
    }

    Optional<String> scope() {
        return stripped(scope);
    }

    boolean areThere() {
        return Stream.of(server(), username(), to(), from(), tokenUrl(), clientId(), scope())
                .anyMatch(Optional::isPresent);
    }

    private static Optional<String> stripped(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip);
    }
}
