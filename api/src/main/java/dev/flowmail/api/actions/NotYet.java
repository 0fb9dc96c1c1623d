package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.SmtpServer;
import java.util.List;

/** What the connector describes and this version cannot do. It is refused at the door: what is accepted gets sent. */
final class NotYet {
    private NotYet() {}

    /** @throws ProblemException 400 that says what to do instead */
    static void refuse(SmtpServer server, List<Attachment> attachments) {
        if (server.oauth2() != null) {
            throw ProblemException.badInput(
                    "OAuth2 Token URL: this version cannot sign in by OAuth2 yet. Clear the OAuth2"
                            + " values, and use Username and Password.");
        }
        if (attachments.stream().anyMatch(attachment -> attachment.location() == Location.S3)) {
            throw ProblemException.badInput(
                    "Attachments: Source s3 is not available in this version yet. Leave it empty,"
                            + " and upload the files to this connector.");
        }
    }
}
