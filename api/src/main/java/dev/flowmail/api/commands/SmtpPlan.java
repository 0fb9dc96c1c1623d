package dev.flowmail.api.commands;

import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.activities.smtp.OperatorsServer;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which mail server is to be tried, and how.
 *
 * @param operators the server, when it is that of {@code spring.mail.*}; null when it was named
 * @param from author of the test mail; null where there is none
 * @param to who gets a test mail; null for nobody
 */
record SmtpPlan(
        SmtpServer server,
        @Nullable OperatorsServer operators,
        @Nullable Mailbox from,
        @Nullable Mailbox to) {

    private static final Pattern SERVER = Pattern.compile(
            "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]{1,253}):(\\d{1,5}):(plain|tls|ssl)", Pattern.CASE_INSENSITIVE);

    /** The server of {@code spring.mail.*}, as mails use it. */
    static SmtpPlan of(OperatorsServer operators) {
        return new SmtpPlan(operators.server(), operators, null, null);
    }

    /**
     * What the options ask for; empty when they name no server. Asks for the password when there is a user name and
     * SMTP_PASSWORD is not set.
     *
     * @throws UsageException when they make no sense
     */
    static Optional<SmtpPlan> of(SmtpOptions options, SmtpSecrets secrets) {
        Optional<String> smtp = options.server();
        if (smtp.isEmpty()) {
            if (options.areThere()) {
                throw new UsageException("Name the mail server by --smtp host:port:transport.");
            }
            return Optional.empty();
        }
        Matcher server = SERVER.matcher(smtp.get());
        if (!server.matches() || !isPort(server.group(2))) {
            throw new UsageException("--smtp is host:port:transport, with plain, tls or ssl as transport, e.g."
                    + " smtp.example.com:587:tls.");
        }
        @Nullable String username = options.username().orElse(null);
        @Nullable
        Mailbox to = options.to().map(address -> mailbox("--send-to", address)).orElse(null);
        @Nullable
        Mailbox from = options.from()
                .map(address -> mailbox("--from", address))
                .orElseGet(() -> username != null && Mailbox.isAddress(username) ? new Mailbox(username, null) : null);
        if (to != null && from == null) {
            throw new UsageException("--send-to needs --from, the address that the mail server lets you send as.");
        }
        @Nullable OAuth2 oauth2 = oauth2(options, secrets);
        if (oauth2 != null && username == null) {
            throw new UsageException("--oauth2-token-url needs --username, the mailbox to send from.");
        }
        @Nullable String password = username == null || oauth2 != null ? null : secrets.password();
        return Optional.of(new SmtpPlan(
                new SmtpServer(
                        server.group(1).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(server.group(2)),
                        Transport.valueOf(server.group(3).toUpperCase(Locale.ROOT)),
                        username,
                        password,
                        oauth2),
                null,
                from,
                to));
    }

    private static boolean isPort(String port) {
        return Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
    }

    private static Mailbox mailbox(String option, String address) {
        if (!Mailbox.isAddress(address)) {
            throw new UsageException(option + " needs one address, e.g. flow@example.com.");
        }
        return new Mailbox(address, null);
    }

    private static @Nullable OAuth2 oauth2(SmtpOptions options, SmtpSecrets secrets) {
        Optional<String> tokenUrl = options.tokenUrl();
        Optional<String> clientId = options.clientId();
        Optional<String> scope = options.scope();
        if (tokenUrl.isEmpty() && clientId.isEmpty() && scope.isEmpty()) {
            return null;
        }
        Optional<String> clientSecret = secrets.clientSecret();
        Optional<String> refreshToken = secrets.refreshToken();
        if (clientSecret.isEmpty() && refreshToken.isEmpty()) {
            throw new UsageException("OAuth2 needs OAUTH2_CLIENT_SECRET or OAUTH2_REFRESH_TOKEN, or both: set them.");
        }
        return new OAuth2(
                tokenUrl.flatMap(WebAddress::parse)
                        .orElseThrow(() -> new UsageException(
                                "--oauth2-token-url needs the token endpoint's address, https://..."))
                        .toString(),
                clientId.orElseThrow(() -> new UsageException("--oauth2-token-url needs --oauth2-client-id.")),
                clientSecret.orElse(null),
                refreshToken.orElse(null),
                scope.orElse(null));
    }
}
