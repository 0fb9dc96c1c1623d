package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.SmtpServer;
import java.util.List;

/** The action "Send Email (Simple)". */
final class SimpleEmail {
    private SimpleEmail() {}

    static Draft draft(ServiceRequest request, WebAddresses addresses) {
        Inputs inputs = new Inputs(request.input());
        SmtpServer server = new Connection(request.configuration(), addresses).server();
        return new Draft(
                server,
                from(inputs, server.namesNone() ? addresses.operatorsServer().orElse(server) : server),
                null,
                inputs.addresses("To"),
                List.of(),
                List.of(),
                inputs.line("Subject").orElse(""),
                null,
                inputs.text("Body").orElse(null),
                List.of(),
                null);
    }

    private static Mailbox from(Inputs inputs, SmtpServer server) {
        return inputs.address("From").orElseGet(() -> new Mailbox(username(server), null));
    }

    private static String username(SmtpServer server) {
        String username = server.username();
        if (username == null || !Addresses.isAddress(username)) {
            throw ProblemException.badInput(
                    "From is missing, and Username is not an email address that could stand in: enter From.");
        }
        return username;
    }
}
