package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import java.util.List;

/** What the connector describes and this version cannot do. It is refused at the door: what is accepted gets sent. */
final class NotYet {
    private NotYet() {}

    /** @throws ProblemException 400 that says what to do instead */
    static void refuse(List<Attachment> attachments) {
        if (attachments.stream().anyMatch(attachment -> attachment.location() == Location.S3)) {
            throw ProblemException.badInput(
                    "Attachments: Source s3 is not available in this version yet. Leave it empty,"
                            + " and upload the files to this connector.");
        }
        if (attachments.stream().anyMatch(attachment -> attachment.location() == Location.DOWNLOAD)) {
            throw ProblemException.badInput(
                    "Attachments: this version cannot fetch a Download Uri yet. Upload the files to"
                            + " this connector, and use their Ids.");
        }
    }
}
