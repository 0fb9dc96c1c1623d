package dev.flowmail.api.commands;

import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.activities.smtp.OperatorsServer;
import dev.flowmail.activities.smtp.SmtpTrial;
import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.Loopback;
import dev.flowmail.api.settings.NetworkProperties;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import io.temporal.failure.ApplicationFailure;
import java.io.Console;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** A mail server, tried by the code that sends mails: connection, TLS, sign-in and, when wanted, a mail. */
final class SmtpCheck {

    private static final Pattern SERVER = Pattern.compile(
            "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]{1,253}):(\\d{1,5}):(plain|tls|ssl)", Pattern.CASE_INSENSITIVE);

    private final Plan plan;
    private final NetworkProperties network;
    private final URI publicUrl;
    private final SSLContext trust;
    private final Report report;

    /**
     * What is to be tried.
     *
     * @param operators the server, when it is that of {@code spring.mail.*}; null when it was named
     * @param to who gets a test mail; null for nobody
     */
    record Plan(
            SmtpServer server,
            @Nullable OperatorsServer operators,
            @Nullable Mailbox from,
            @Nullable Mailbox to) {}

    /** @param network what may be dialled, and by which proxy */
    SmtpCheck(Plan plan, NetworkProperties network, URI publicUrl, SSLContext trust, Report report) {
        this.plan = plan;
        this.network = network;
        this.publicUrl = publicUrl;
        this.trust = trust;
        this.report = report;
    }

    /** Reads the options; asks for the password when there is a user name and SMTP_PASSWORD is not set. */
    static Optional<Plan> plan(SmtpOptions options, ConfigurableEnvironment environment) {
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
        @Nullable OAuth2 oauth2 = oauth2(options, environment);
        if (oauth2 != null && username == null) {
            throw new UsageException("--oauth2-token-url needs --username, the mailbox to send from.");
        }
        @Nullable String password = username == null || oauth2 != null ? null : password(environment);
        return Optional.of(new Plan(
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

    /** The server of {@code spring.mail.*}, as mails use it. */
    static Plan plan(OperatorsServer operators) {
        return new Plan(operators.server(), operators, null, null);
    }

    private static @Nullable OAuth2 oauth2(SmtpOptions options, ConfigurableEnvironment environment) {
        Optional<String> tokenUrl = options.tokenUrl();
        Optional<String> clientId = options.clientId();
        Optional<String> scope = options.scope();
        if (tokenUrl.isEmpty() && clientId.isEmpty() && scope.isEmpty()) {
            return null;
        }
        Optional<String> clientSecret = secret(environment, "OAUTH2_CLIENT_SECRET");
        Optional<String> refreshToken = secret(environment, "OAUTH2_REFRESH_TOKEN");
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

    private static Optional<String> secret(ConfigurableEnvironment environment, String name) {
        return Optional.ofNullable(environment.getProperty(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
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

    // from Java 22 on there is always one: without a terminal it reads standard input, which is as good
    @SuppressWarnings("SystemConsoleNull")
    private static String password(ConfigurableEnvironment environment) {
        @Nullable String set = environment.getProperty("SMTP_PASSWORD");
        if (set != null) {
            return set;
        }
        @Nullable Console console = System.console();
        char @Nullable [] typed = console == null ? null : console.readPassword("Password of the mail server's user: ");
        if (typed == null) {
            throw new UsageException("--username needs a password: set SMTP_PASSWORD.");
        }
        return new String(typed);
    }

    void run() {
        SmtpServer server = plan.server();
        report.about((plan.operators() == null ? "Mail server " : "Mail server of spring.mail, ") + server.host() + ":"
                + server.port() + ", " + server.transport().name().toLowerCase(Locale.ROOT));
        try (@Nullable SmtpTrial trial = trial()) {
            if (trial == null) {
                report.warning("It was not tried.", "Correct FLOWMAIL_NETWORK_ALLOW and FLOWMAIL_NETWORK_PROXY first.");
                return;
            }
            if (server.oauth2() != null && !hasToken(trial, server.oauth2())) {
                return;
            }
            if (plan.operators() == null) {
                trial.signIn(server);
            } else {
                trial.signIn(plan.operators());
            }
            connected(true);
            if (plan.to() != null && plan.from() != null) {
                send(trial, plan.from(), plan.to());
            }
        } catch (ApplicationFailure failure) {
            failed(failure);
        }
    }

    private boolean hasToken(SmtpTrial trial, OAuth2 client) {
        try {
            trial.getToken(client);
            report.fine("The token endpoint gives an access token.");
            if (client.tokenUrl().startsWith("http:") && !Loopback.isHost(hostOf(client))) {
                report.warning(
                        "The token endpoint is asked in the clear: whoever is on the way reads the secrets.",
                        "Use its https address.");
            }
            return true;
        } catch (ApplicationFailure failure) {
            report.finding(
                    failure.getOriginalMessage() + ".",
                    "In this check they are --oauth2-token-url, --oauth2-client-id, --oauth2-scope,"
                            + " OAUTH2_CLIENT_SECRET and OAUTH2_REFRESH_TOKEN. The mail server was not tried.");
            return false;
        }
    }

    private static String hostOf(OAuth2 client) {
        return URI.create(client.tokenUrl()).getHost();
    }

    private @Nullable SmtpTrial trial() {
        try {
            return new SmtpTrial(network.guard(), publicUrl, trust, network.forwardProxy());
        } catch (CannotStartException saidAmongTheSettings) {
            return null;
        }
    }

    /** What must have worked when signing in did, or was refused. */
    private void connected(boolean signedIn) {
        SmtpServer server = plan.server();
        report.fine("It answers.");
        if (server.transport() != Transport.PLAIN) {
            report.fine("TLS works: the certificate is trusted, and is for " + server.host() + ".");
        } else if (!Loopback.isHost(server.host())) {
            report.warning(
                    "Nothing is encrypted: whoever is on the way reads mails"
                            + (server.username() == null ? "." : " and the password."),
                    "Use tls (usually port 587) or ssl (usually port 465) if the server offers it.");
        }
        if (signedIn && server.username() != null) {
            report.fine(
                    server.oauth2() == null ? "It accepts user name and password." : "It accepts the access token.");
        }
    }

    private void send(SmtpTrial trial, Mailbox from, Mailbox to) {
        try {
            trial.send(plan.server(), from, to, "Flowmail's test mail", """
                This mail was sent by ./flowmail doctor to see whether mails arrive.

                Nobody needs to answer it.
                """);
            report.fine("It took the test mail. Look whether it arrives, and not among spam.");
        } catch (ApplicationFailure failure) {
            report.finding(
                    failure.getOriginalMessage() + ".",
                    "Check --from and --send-to: the server must let this user send as the one and to the other.");
        }
    }

    private void failed(ApplicationFailure failure) {
        String what = failure.getOriginalMessage() + ".";
        switch (failure.getType()) {
            case MailFailure.SMTP_AUTHENTICATION -> {
                connected(false);
                report.finding(
                        what,
                        plan.operators() != null
                                ? "Check SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD."
                                : plan.server().oauth2() == null
                                        ? "Check --username and SMTP_PASSWORD. Gmail wants an app password; Exchange"
                                                + " Online wants SMTP AUTH to be enabled for the mailbox."
                                        : "Check --username, the mailbox that the client may send from, and"
                                                + " --oauth2-scope; docs/gmail.md and docs/exchange.md say what both"
                                                + " need.");
            }
            case MailFailure.SMTP_TLS ->
                report.finding(
                        what,
                        "Usual are port 587 with tls and port 465 with ssl. The host must be the name in the"
                                + " certificate; a private certificate authority has to be in Java's trust store"
                                + " (JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=...).");
            case MailFailure.NETWORK_REFUSED ->
                report.finding(
                        what, "Flowmail dials only public addresses for a flow, unless the operator allows others.");
            default -> report.finding(what, "Check host and port, and whether a firewall lets this machine out to it.");
        }
    }
}
