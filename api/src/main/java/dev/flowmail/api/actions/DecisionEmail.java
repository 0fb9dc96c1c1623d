package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The action "Send Email with Decision Request". */
final class DecisionEmail {
    private DecisionEmail() {}

    static Draft draft(ServiceRequest request, WebAddresses addresses) {
        Inputs inputs = new Inputs(request.input());
        Connection connection = new Connection(request.configuration(), addresses);
        return new Draft(
                connection.server(),
                inputs.contact("From"),
                inputs.address("Reply To").orElse(null),
                different(inputs.contacts("To")),
                List.of(),
                List.of(),
                inputs.line("Subject").orElse(""),
                inputs.text("Body").orElse(null),
                inputs.text("HTML Body").orElse(null),
                AttachmentInput.of(inputs.objects("Attachments")),
                connection.bucket().orElse(null));
    }

    /** Equal addresses count once, as the first. */
    private static List<Mailbox> different(List<Mailbox> recipients) {
        Map<String, Mailbox> different = new LinkedHashMap<>();
        recipients.forEach(recipient -> different.putIfAbsent(Addresses.key(recipient), recipient));
        return List.copyOf(different.values());
    }
}
