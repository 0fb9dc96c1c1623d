package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.List;
import java.util.function.Function;

/** The action "Send Email". */
final class Email {
    private Email() {}

    static Draft draft(ServiceRequest request, WebAddresses addresses) {
        return draft(
                request,
                addresses,
                inputs -> inputs.contacts("To"),
                inputs -> inputs.contacts("To (CC)"),
                inputs -> inputs.contacts("To (BCC)"));
    }

    /** Of any action whose mails have all that a mail may have. */
    static Draft draft(
            ServiceRequest request,
            WebAddresses addresses,
            Function<Inputs, List<Mailbox>> to,
            Function<Inputs, List<Mailbox>> copies,
            Function<Inputs, List<Mailbox>> blindCopies) {
        Inputs inputs = new Inputs(request.input());
        Connection connection = new Connection(request.configuration(), addresses);
        return new Draft(
                connection.server(),
                inputs.contact("From"),
                inputs.address("Reply To").orElse(null),
                to.apply(inputs),
                copies.apply(inputs),
                blindCopies.apply(inputs),
                inputs.line("Subject").orElse(""),
                inputs.text("Body").orElse(null),
                inputs.text("HTML Body").orElse(null),
                AttachmentInput.of(inputs.objects("Attachments")),
                connection.bucket().orElse(null));
    }
}
