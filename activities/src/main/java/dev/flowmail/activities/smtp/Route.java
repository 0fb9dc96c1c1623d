package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import org.jspecify.annotations.Nullable;

/**
 * The way that a mail takes.
 *
 * @param server where it goes and who signs in there
 * @param operators the same server as whoever runs Flowmail has set it up, which is dialled without the guard; null for one
 *     that a caller names
 */
record Route(SmtpServer server, @Nullable OperatorsServer operators) {

    static Route to(SmtpServer server) {
        return new Route(server, null);
    }

    static Route to(OperatorsServer operators) {
        return new Route(operators.server(), operators);
    }
}
