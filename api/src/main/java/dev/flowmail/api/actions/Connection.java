package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.Values;
import dev.flowmail.activities.network.HostName;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.HostileText;
import dev.flowmail.workflows.mail.S3Bucket;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connector's configuration values: what they mean, and every mistake in them as a 400 that names the value. */
final class Connection {
    private static final Pattern ADDRESS = Pattern.compile("\\[?[0-9A-Fa-f:.]{2,45}]?");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern KEY = Pattern.compile("-----BEGIN |\"(private_key|client_email)\"");
    private static final String NO_KEYS =
            "Signing in by a certificate, a private key or a signed JWT (private_key_jwt, JWT"
                    + " bearer, service accounts) is not supported: use a client secret or a refresh token.";
    private static final int LONGEST = 16_000;

    private final Values values;
    private final WebAddresses addresses;

    Connection(Values values, WebAddresses addresses) {
        this.values = values;
        this.addresses = addresses;
    }

    SmtpServer server() {
        if (value("Host").isEmpty() && addresses.operatorsServer().isPresent()) {
            return SmtpServer.OPERATORS;
        }
        String host = host();
        int port = port();
        Transport transport = transport();
        @Nullable OAuth2 oauth2 = oauth2();
        @Nullable String password = oauth2 == null ? secret("Password").orElse(null) : null;
        return new SmtpServer(host, port, transport, value("Username").orElse(null), password, oauth2);
    }

    /** The caller's S3 bucket; empty when attachments come from uploads and downloads. */
    Optional<S3Bucket> bucket() {
        String source = value("Attachments: Source").orElse("").toLowerCase(Locale.ROOT);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (!source.equals("s3")) {
            throw ProblemException.badInput(
                    "Attachments: Source must be empty (uploads and Download Uris) or s3; Box is"
                            + " not supported, use s3 instead.");
        }
        return Optional.of(new S3Bucket(
                shaped(BUCKET, "Attachments: S3 Bucket", "enter the bucket that holds the attachments"),
                shaped(REGION, "Attachments: S3 Region", "enter the bucket's region, e.g. eu-central-1"),
                required("Attachments: S3 Access Key", "enter the access key that may read the bucket"),
                required("Attachments: S3 Secret Key", "enter the secret of the access key"),
                value("Attachments: S3 Endpoint")
                        .map(address -> addresses.checkEndpoint("Attachments: S3 Endpoint", address))
                        .orElse(null)));
    }

    /** Both become parts of a host's name. */
    private String shaped(Pattern shape, String name, String remedy) {
        String value = required(name, remedy);
        if (!shape.matcher(value).matches()) {
            throw ProblemException.badInput(name + " has characters that no such name has: " + remedy + ".");
        }
        return value;
    }

    private String host() {
        String given = required("Host", "enter the mail server's name, e.g. smtp.example.com");
        String host = Optional.of(given)
                .filter(ADDRESS.asMatchPredicate())
                .or(() -> HostName.toAscii(given))
                .orElseThrow(() -> ProblemException.badInput(
                        "Host must be a server's name or address alone, e.g. smtp.example.com: the port has its own"
                                + " value."));
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        addresses.checkHost("Host", bare);
        return bare;
    }

    private int port() {
        try {
            int port = new BigDecimal(required("Port", "enter the mail server's port, e.g. 587")).intValueExact();
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (ArithmeticException | NumberFormatException notWhole) {
            // said below
        }
        throw ProblemException.badInput(
                "Port must be a whole number from 1 to 65535, e.g. 587 with tls, 465 with ssl.");
    }

    private Transport transport() {
        String given = required("Transport", "enter plain, tls (STARTTLS) or ssl");
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "plain" -> Transport.PLAIN;
            case "tls" -> Transport.TLS;
            case "ssl" -> Transport.SSL;
            default -> throw ProblemException.badInput("Transport must be plain, tls (STARTTLS) or ssl.");
        };
    }

    private @Nullable OAuth2 oauth2() {
        Optional<String> tokenUrl = value("OAuth2 Token URL");
        if (tokenUrl.isEmpty()) {
            Stream.of("OAuth2 Client ID", "OAuth2 Client Secret", "OAuth2 Refresh Token", "OAuth2 Scope")
                    .filter(name -> value(name).isPresent())
                    .findFirst()
                    .ifPresent(name -> {
                        throw ProblemException.badInput(
                                "OAuth2 Token URL is missing while " + name + " is set: enter it, or clear both.");
                    });
            return null;
        }
        required("Username", "with OAuth2 it is the mailbox to send from");
        Stream.of("OAuth2 Client Secret", "OAuth2 Refresh Token").forEach(this::refuseKeys);
        // made by machines, and without spaces, unlike some passwords
        Optional<String> secret = value("OAuth2 Client Secret");
        Optional<String> refreshToken = value("OAuth2 Refresh Token");
        if (secret.isEmpty() && refreshToken.isEmpty()) {
            throw ProblemException.badInput(
                    "OAuth2 Client Secret and OAuth2 Refresh Token are both missing: enter one. " + NO_KEYS);
        }
        return new OAuth2(
                addresses.check("OAuth2 Token URL", tokenUrl.get()),
                required("OAuth2 Client ID", "enter the client's id"),
                secret.orElse(null),
                refreshToken.orElse(null),
                value("OAuth2 Scope").orElse(null));
    }

    /** A key as it is downloaded: PEM, or a service account's JSON. */
    private void refuseKeys(String name) {
        if (values.text(name).filter(KEY.asPredicate()).isPresent()) {
            throw ProblemException.badInput(name + " holds a private key or a certificate. " + NO_KEYS);
        }
    }

    private String required(String name, String remedy) {
        return value(name)
                .orElseThrow(() ->
                        ProblemException.badInput(name + " is missing in the configuration values: " + remedy + "."));
    }

    private Optional<String> value(String name) {
        return secret(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Spaces around a password may belong to it. */
    private Optional<String> secret(String name) {
        Optional<String> value = values.text(name);
        if (value.filter(text -> text.length() > LONGEST || HostileText.isIn(text))
                .isPresent()) {
            throw ProblemException.badInput(name + " is too long or has control characters in it: enter it anew.");
        }
        return value;
    }
}
