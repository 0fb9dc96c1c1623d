package dev.flowmail.api.config;

import dev.flowmail.activities.smtp.OperatorsServer;
import dev.flowmail.api.settings.CannotStartException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads {@code spring.mail.*} as Spring Boot documents it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
public class OperatorsMailConfiguration {

    @Bean
    OperatorsMail operatorsMail(MailProperties mail, ObjectProvider<SslBundles> bundles)
            throws NoSuchAlgorithmException {
        @Nullable String host = filled(mail.getHost());
        if (host == null) {
            return new OperatorsMail(null);
        }
        try {
            return new OperatorsMail(new OperatorsServer(
                    host,
                    mail.getPort(),
                    filled(mail.getUsername()),
                    filled(mail.getPassword()),
                    mail.getSsl().isEnabled() || "smtps".equalsIgnoreCase(mail.getProtocol()),
                    mail.getProperties(),
                    trust(mail.getSsl().getBundle(), bundles)));
        } catch (IllegalArgumentException mistake) {
            throw new CannotStartException(
                    "spring.mail.properties: mail.smtp.port must be a whole number from 1 to 65535.", mistake);
        }
    }

    private static SSLContext trust(@Nullable String bundle, ObjectProvider<SslBundles> bundles)
            throws NoSuchAlgorithmException {
        @Nullable String named = filled(bundle);
        return named == null
                ? SSLContext.getDefault()
                : bundles.getObject().getBundle(named).createSslContext();
    }

    /** An empty variable counts as not set. */
    private static @Nullable String filled(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
