package dev.flowmail.activities.oauth2;

import dev.flowmail.activities.network.ConnectionFault;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What an operator reads when there is no token, and whether it is worth another attempt. The token endpoint's own words
 * stay out: they may repeat what it was sent. No cause is attached, for the same reason.
 */
final class TokenFaults {
    /** RFC 6749, section 5.2, allows more; the codes that are in use look so, and tokens and secrets do not. */
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private TokenFaults() {}

    static ApplicationFailure refused(OAuth2 client, int status, String code) {
        String word = CODE.matcher(code).matches() ? code : Integer.toString(status);
        return authentication(
                at(client) + " refused with " + word + ": " + advice(client.refreshToken() != null, word));
    }

    private static String advice(boolean refreshes, String code) {
        return switch (code) {
            case "invalid_client", "deleted_client", "disabled_client" ->
                "check OAuth2 Client ID and OAuth2 Client Secret; the secret may have expired, and it is the secret's"
                        + " value that is wanted, not its id";
            case "invalid_grant", "interaction_required", "consent_required", "login_required", "access_denied" ->
                refreshes
                        ? "OAuth2 Refresh Token has expired, was withdrawn, was replaced or belongs to another client;"
                                + " get a new one and enter it"
                        : "check OAuth2 Client ID, OAuth2 Client Secret and OAuth2 Token URL";
            case "unauthorized_client", "unsupported_grant_type" ->
                "check OAuth2 Client ID and OAuth2 Token URL: the client is not known there, or may not use "
                        + (refreshes
                                ? "OAuth2 Refresh Token"
                                : "client credentials, which are used when OAuth2 Refresh Token is empty");
            case "invalid_scope", "invalid_resource", "invalid_target" -> "check OAuth2 Scope";
            case "invalid_request" -> "check OAuth2 Token URL, OAuth2 Client ID and OAuth2 Scope";
            default -> "check OAuth2 Token URL and the other OAuth2 values";
        };
    }

    /** What answered does not talk like a token endpoint. */
    static ApplicationFailure noTokenEndpoint(OAuth2 client) {
        return authentication(at(client) + " answered, but with no bearer token; check OAuth2 Token URL");
    }

    static ApplicationFailure redirected(OAuth2 client) {
        return authentication(at(client) + " sends elsewhere, which is not followed: credentials go only where they are"
                + " meant to go; enter the final address as OAuth2 Token URL");
    }

    static ApplicationFailure unreachable(OAuth2 client, IOException failure) {
        if (failure instanceof AddressRefusedException) {
            return ApplicationFailure.newNonRetryableFailure(nowhere(client), MailFailure.NETWORK_REFUSED);
        }
        if (failure instanceof MalformedURLException) {
            return noTokenEndpoint(client);
        }
        if (isCertificate(failure)) {
            return ApplicationFailure.newNonRetryableFailure(
                    at(client)
                            + " has a certificate that is not trusted or is for another name; check OAuth2 Token URL",
                    MailFailure.SMTP_TLS);
        }
        if (failure instanceof UnknownHostException) {
            return ApplicationFailure.newFailure(nowhere(client), MailFailure.SMTP_UNAVAILABLE);
        }
        return unavailable(client, "cannot be asked: " + ConnectionFault.reason(failure));
    }

    static ApplicationFailure late(OAuth2 client) {
        return unavailable(client, "did not answer in time");
    }

    static ApplicationFailure unavailable(OAuth2 client, String what) {
        return ApplicationFailure.newFailure(at(client) + " " + what, MailFailure.SMTP_UNAVAILABLE);
    }

    private static boolean isCertificate(IOException failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof CertificateException || link instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static ApplicationFailure authentication(String message) {
        return ApplicationFailure.newNonRetryableFailure(message, MailFailure.SMTP_AUTHENTICATION);
    }

    /** Host and port only: paths and queries name tenants, and may hold more. */
    private static String nowhere(OAuth2 client) {
        return WebAddress.parse(client.tokenUrl())
                .map(address -> NetworkGuard.nowhere(WebAddress.host(address)) + "; check OAuth2 Token URL")
                .orElse("OAuth2 Token URL");
    }

    private static String at(OAuth2 client) {
        return WebAddress.parse(client.tokenUrl())
                .map(address -> "The token endpoint " + address.getAuthority())
                .orElse("OAuth2 Token URL");
    }
}
