package dev.flowmail.api.settings;

import java.util.List;
import org.springframework.core.env.Environment;

/**
 * The settings of client certificates, which count as credentials: only where the web server speaks TLS at all, and knows
 * whose certificates to accept.
 */
final class ClientCertificates {
    private static final String SSL = "server.ssl.";
    private static final String CLIENT_AUTH = "SERVER_SSL_CLIENT_AUTH (server.ssl.client-auth)";
    private static final List<String> OWN = List.of("key-store", "certificate", "bundle");
    private static final List<String> OTHERS = List.of("trust-store", "trust-certificate");
    private static final List<String> OTHERS_IN_BUNDLES =
            List.of("spring.ssl.bundle.jks.%s.truststore.location", "spring.ssl.bundle.pem.%s.truststore.certificate");

    private ClientCertificates() {}

    /** {@code need}, {@code want}, or anything else for none. */
    static String wanted(Environment environment) {
        return environment.getProperty(SSL + "client-auth", "none").strip();
    }

    /** @throws CannotStartException when certificates are asked for that anybody could have */
    static void check(Environment environment) {
        String wanted = wanted(environment);
        if (!wanted.equalsIgnoreCase("need") && !wanted.equalsIgnoreCase("want")) {
            return;
        }
        if (!environment.getProperty(SSL + "enabled", Boolean.class, true) || isNoneSet(environment, OWN)) {
            throw new CannotStartException(CLIENT_AUTH + " is " + wanted + ", but without TLS nobody can show a"
                    + " certificate: give Flowmail one of its own by server.ssl.key-store, server.ssl.certificate or"
                    + " server.ssl.bundle.");
        }
        if (isNoneSet(environment, OTHERS) && !isInBundle(environment)) {
            throw new CannotStartException(CLIENT_AUTH + " is " + wanted + ", but nothing says whose certificates to"
                    + " accept, so that every public authority's would do: set server.ssl.trust-store or"
                    + " server.ssl.trust-certificate to those that sign your callers' certificates.");
        }
    }

    private static boolean isNoneSet(Environment environment, List<String> names) {
        return names.stream()
                .allMatch(name -> environment.getProperty(SSL + name, "").isBlank());
    }

    private static boolean isInBundle(Environment environment) {
        String bundle = environment.getProperty(SSL + "bundle", "");
        return OTHERS_IN_BUNDLES.stream()
                .anyMatch(name ->
                        !environment.getProperty(name.formatted(bundle), "").isBlank());
    }
}
