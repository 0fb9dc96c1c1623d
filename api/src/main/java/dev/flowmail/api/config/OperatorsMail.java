package dev.flowmail.api.config;

import dev.flowmail.activities.smtp.OperatorsServer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail server of whoever runs Flowmail.
 *
 * @param server null when {@code spring.mail.host} is not set
 */
public record OperatorsMail(@Nullable OperatorsServer server) {

    /** Empty when {@code spring.mail.host} is not set. */
    public Optional<OperatorsServer> set() {
        return Optional.ofNullable(server);
    }
}
