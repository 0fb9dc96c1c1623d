package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;

/** What to do about refusals that are common at Gmail and Exchange Online and say little to whom they reach. */
final class Advice {
    private Advice() {}

    /** The server's words, addresses made unreadable, and a sentence on them where there is one. */
    static String on(SmtpServer server, Reply reply) {
        String words = reply.withoutAddresses();
        String advice = sentence(server, reply);
        return advice.isEmpty() ? words : words + (words.endsWith(".") ? " " : ". ") + advice;
    }

    private static String sentence(SmtpServer server, Reply reply) {
        boolean byToken = server.oauth2() != null;
        return switch (reply.code() + " " + reply.enhancedCode()) {
            case "550 5.7.30" ->
                "Exchange Online takes no passwords for this any more: enter the OAuth2 values instead of Password";
            case "535 5.7.139" ->
                byToken
                        ? "Exchange Online: enable Authenticated SMTP for the mailbox in Username, OAuth2 needs it too"
                        : "Exchange Online: enable Authenticated SMTP for the mailbox in Username; where a policy forbids"
                                + " passwords, enter the OAuth2 values";
            case "535 5.7.3" ->
                byToken
                        ? "Exchange Online: the application needs the right SMTP.SendAsApp with an administrator's"
                                + " consent, a service principal, and Full Access to the mailbox in Username"
                        : "Exchange: check Username and Password; where a second factor is required, enter the OAuth2"
                                + " values";
            case "534 5.7.9" -> "Gmail: make an app password and enter it as Password, or enter the OAuth2 values";
            case "535 5.7.8" ->
                byToken
                        ? "Gmail: Username must be the mailbox that the refresh token was given for, with the scope"
                                + " https://mail.google.com/"
                        : "With Gmail, Password is an app password, not the account's own";
            case "552 5.3.4", "552 5.2.3", "554 5.3.4", "554 5.2.3" ->
                "The mail is too large for this server: attach fewer or smaller files, or send links to them";
            case "550 5.7.60" -> "Give Username the right to send as From";
            default -> "";
        };
    }
}
