package dev.flowmail.workflows.mail;

import org.jspecify.annotations.Nullable;

/**
 * The mail server of one request, from the connector's configuration values.
 *
 * @param host DNS name or address literal; empty in {@link #OPERATORS} only
 * @param port 1 to 65535
 * @param transport how the connection is protected
 * @param username the user to sign in as; without one the server is used without sign-in
 * @param password the user's password; null when there is none, and when {@code oauth2} is used
 * @param oauth2 where to get an access token for XOAUTH2; null for sign-in by password
 */
public record SmtpServer(
        String host,
        int port,
        Transport transport,
        @Nullable String username,
        @Nullable String password,
        @Nullable OAuth2 oauth2) {

    /** Names none: mails go through the server that whoever runs Flowmail has set up, and no secret of it travels along. */
    public static final SmtpServer OPERATORS = new SmtpServer("", 0, Transport.PLAIN, null, null, null);

    /** Whether it is {@link #OPERATORS}. */
    public boolean namesNone() {
        return host.isEmpty();
    }

    /** How the connection is protected. */
    public enum Transport {
        /** No encryption. */
        PLAIN,
        /** STARTTLS (RFC 3207), required: never falls back to clear text. */
        TLS,
        /** TLS from the first byte (RFC 8314). */
        SSL
    }

    /**
     * An OAuth 2.0 client (RFC 6749) that may send as {@code username}.
     *
     * @param tokenUrl the token endpoint
     * @param refreshToken with it the refresh-token grant is used, without it the client-credentials grant
     */
    public record OAuth2(
            String tokenUrl,
            String clientId,
            @Nullable String clientSecret,
            @Nullable String refreshToken,
            @Nullable String scope) {
        @Override
        public String toString() {
            return "OAuth2[...]";
        }
    }

    /** Host, port and transport only: what identifies a server may be logged, who signs in may not. */
    @Override
    public String toString() {
        return namesNone() ? "SmtpServer[the operator's]" : "SmtpServer[" + host + ":" + port + " " + transport + "]";
    }
}
