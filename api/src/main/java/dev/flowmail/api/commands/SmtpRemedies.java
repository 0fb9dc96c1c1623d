package dev.flowmail.api.commands;

import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;

/** What to do about a mail server that could not be used. */
final class SmtpRemedies {

    private SmtpRemedies() {}

    static String of(ApplicationFailure failure, SmtpPlan plan) {
        return switch (failure.getType()) {
            case MailFailure.SMTP_AUTHENTICATION -> ofSigningIn(plan);
            case MailFailure.SMTP_TLS ->
                "Usual are port 587 with tls and port 465 with ssl. The host must be the name in the"
                        + " certificate; a private certificate authority has to be in Java's trust store"
                        + " (JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=...).";
            case MailFailure.NETWORK_REFUSED ->
                "Flowmail dials only public addresses for a flow, unless the operator allows others.";
            default -> "Check host and port, and whether a firewall lets this machine out to it.";
        };
    }

    private static String ofSigningIn(SmtpPlan plan) {
        if (plan.operators() != null) {
            return "Check SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD.";
        }
        return plan.server().oauth2() == null
                ? "Check --username and SMTP_PASSWORD. Gmail wants an app password; Exchange"
                        + " Online wants SMTP AUTH to be enabled for the mailbox."
                : "Check --username, the mailbox that the client may send from, and"
                        + " --oauth2-scope; docs/gmail.md and docs/exchange.md say what both need.";
    }
}
