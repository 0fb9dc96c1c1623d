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
        return Email.draft(
                request,
                addresses,
                inputs -> different(inputs.contacts("To")),
                inputs -> List.of(),
                inputs -> List.of());
    }

    /** Equal addresses count once, as the first. */
    private static List<Mailbox> different(List<Mailbox> recipients) {
        Map<String, Mailbox> different = new LinkedHashMap<>();
        recipients.forEach(recipient -> different.putIfAbsent(Addresses.key(recipient), recipient));
        return List.copyOf(different.values());
    }
}
