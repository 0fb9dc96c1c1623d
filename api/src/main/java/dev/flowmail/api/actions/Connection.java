package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.Values;
import dev.flowmail.activities.network.HostName;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.S3Bucket;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The connector's configuration values: what they mean, and every mistake in them as a 400 that names the value. */
final class Connection {
    private static final Pattern ADDRESS = Pattern.compile("\\[?[0-9A-Fa-f:.]{2,45}]?");

    private final ConfigurationValues values;
    private final WebAddresses addresses;

    Connection(Values values, WebAddresses addresses) {
        this.values = new ConfigurationValues(values);
        this.addresses = addresses;
    }

    SmtpServer server() {
        if (values.value("Host").isEmpty() && addresses.operatorsServer().isPresent()) {
            return SmtpServer.OPERATORS;
        }
        String host = host();
        int port = port();
        Transport transport = transport();
        @Nullable OAuth2 oauth2 = new OAuth2Values(values, addresses).client();
        @Nullable String password = oauth2 == null ? values.secret("Password").orElse(null) : null;
        return new SmtpServer(host, port, transport, values.value("Username").orElse(null), password, oauth2);
    }

    /** The caller's S3 bucket; empty when attachments come from uploads and downloads. */
    Optional<S3Bucket> bucket() {
        return new BucketValues(values, addresses).bucket();
    }

    private String host() {
        String given = values.required("Host", "enter the mail server's name, e.g. smtp.example.com");
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
            int port =
                    new BigDecimal(values.required("Port", "enter the mail server's port, e.g. 587")).intValueExact();
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
        String given = values.required("Transport", "enter plain, tls (STARTTLS) or ssl");
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "plain" -> Transport.PLAIN;
            case "tls" -> Transport.TLS;
            case "ssl" -> Transport.SSL;
            default -> throw ProblemException.badInput("Transport must be plain, tls (STARTTLS) or ssl.");
        };
    }
}
