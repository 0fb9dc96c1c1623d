package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.ServiceRequest;

/** The action "Send Email". */
final class Email {
    private Email() {}

    static Draft draft(ServiceRequest request, WebAddresses addresses) {
        Inputs inputs = new Inputs(request.input());
        Connection connection = new Connection(request.configuration(), addresses);
        return new Draft(
                connection.server(),
                inputs.contact("From"),
                inputs.address("Reply To").orElse(null),
                inputs.contacts("To"),
                inputs.contacts("To (CC)"),
                inputs.contacts("To (BCC)"),
                inputs.line("Subject").orElse(""),
                inputs.text("Body").orElse(null),
                inputs.text("HTML Body").orElse(null),
                AttachmentInput.of(inputs.objects("Attachments")),
                connection.bucket().orElse(null));
    }
}
