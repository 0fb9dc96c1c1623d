package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import jakarta.mail.Session;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The mail server of whoever runs Flowmail: {@code spring.mail.*}. Requests that name no server go through it; it is dialled
 * wherever it is, and nothing of it gets into Temporal.
 */
public final class OperatorsServer {
    private static final int PORT = 25;
    private static final int PORT_WITH_TLS = 465;

    private final SmtpServer server;
    private final Properties properties;
    private final SSLSocketFactory tls;
    private final boolean checksIdentity;
    private final Session session;

    /**
     * Takes what Spring Boot's properties say.
     *
     * @param port null for the usual one
     * @param ssl whether it speaks TLS from the first byte, as far as that does not stand in the properties
     * @param given {@code spring.mail.properties.*}: those of Jakarta Mail that begin with {@code mail.smtp.} or {@code
     *     mail.smtps.}; sockets and their timeouts are ours
     * @param context whom to trust
     */
    public OperatorsServer(
            String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            boolean ssl,
            Map<String, String> given,
            SSLContext context) {
        properties = smtp(given);
        Transport transport = ssl || isSet("ssl.enable")
                ? Transport.SSL
                : isSet("starttls.required") ? Transport.TLS : Transport.PLAIN;
        server = new SmtpServer(host, port(port, transport), transport, username, password, null);
        boolean trusted = isTrusted(host);
        tls = trusted ? trusting() : context.getSocketFactory();
        checksIdentity = !trusted && !"false".equalsIgnoreCase(property("ssl.checkserveridentity"));
        properties.put("mail.smtp.ssl.socketFactory", tls);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", Boolean.toString(checksIdentity));
        session = MailSessions.session(properties);
    }

    private static Properties smtp(Map<String, String> given) {
        Properties smtp = new Properties();
        given.forEach((name, value) -> {
            if (name.startsWith("mail.smtp.") || name.startsWith("mail.smtps.")) {
                smtp.setProperty(name.replaceFirst("^mail\\.smtps\\.", "mail.smtp."), value);
            }
        });
        return smtp;
    }

    private int port(@Nullable Integer port, Transport transport) {
        @Nullable String inProperties = property("port");
        if (port != null || inProperties != null) {
            return port != null ? port : Integer.parseInt(inProperties);
        }
        return transport == Transport.SSL ? PORT_WITH_TLS : PORT;
    }

    /** Where it is and who signs in. */
    public SmtpServer server() {
        return server;
    }

    /** The name to greet it by; null for Flowmail's own. */
    @Nullable
    String greeting() {
        return property("localhost");
    }

    /** What Jakarta Mail is told of it. */
    Session session() {
        return session;
    }

    SSLSocketFactory tls() {
        return tls;
    }

    boolean checksIdentity() {
        return checksIdentity;
    }

    private @Nullable String property(String name) {
        return properties.getProperty("mail.smtp." + name);
    }

    private boolean isSet(String name) {
        return "true".equalsIgnoreCase(property(name));
    }

    private boolean isTrusted(String host) {
        @Nullable String trusted = property("ssl.trust");
        return trusted != null
                && (trusted.strip().equals("*")
                        || List.of(trusted.strip().split("\\s+")).contains(host));
    }

    private static SSLSocketFactory trusting() {
        try {
            MailSSLSocketFactory all = new MailSSLSocketFactory();
            all.setTrustAllHosts(true);
            return all;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Host, port and transport only. */
    @Override
    public String toString() {
        return server.toString();
    }
}
