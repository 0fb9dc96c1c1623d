package dev.flowmail.api.commands;

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
import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A mail server, tried by the code that sends mails: connection, TLS, sign-in and, when wanted, a mail. */
final class SmtpCheck {

    private final SmtpPlan plan;
    private final NetworkProperties network;
    private final URI publicUrl;
    private final SSLContext trust;
    private final Report report;

    /** @param network what may be dialled, and by which proxy */
    SmtpCheck(SmtpPlan plan, NetworkProperties network, URI publicUrl, SSLContext trust, Report report) {
        this.plan = plan;
        this.network = network;
        this.publicUrl = publicUrl;
        this.trust = trust;
        this.report = report;
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
            return new SmtpTrial(network.guard(), publicUrl, trust, network.proxy());
        } catch (CannotStartException saidAmongTheSettings) {
            return null;
        }
    }

    /** What must have worked when signing in did, or was rejected. */
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
            report.fine("It accepted the test email. Check that it arrives, and not as spam.");
        } catch (ApplicationFailure failure) {
            report.finding(
                    failure.getOriginalMessage() + ".",
                    "Check --from and --send-to: the server must let this user send as the one and to the other.");
        }
    }

    private void failed(ApplicationFailure failure) {
        if (failure.getType().equals(MailFailure.SMTP_AUTHENTICATION)) {
            connected(false);
        }
        report.finding(failure.getOriginalMessage() + ".", SmtpRemedies.of(failure, plan));
    }
}
