package dev.flowmail.workflows.mail;

import dev.flowmail.workflows.mail.Attachment.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mail to send.
 *
 * @param id what the mail is, the same on every attempt: its Message-ID is derived from it
 * @param requestId the workflow's or activity's id: names the request's folder in the attachment store
 * @param server the server that takes it
 * @param from the author
 * @param replyTo where answers to the mail go; null when they go to the author
 * @param to first recipients; {@code to}, {@code cc} and {@code bcc} together hold at least one
 * @param bcc recipients that stand in the envelope only
 * @param subject may be empty
 * @param text the plain text; null when the request has none
 * @param html the HTML; null when the request has none
 * @param bucket where attachments of location {@code S3} are; null when there are none
 * @param question what makes this mail ask for a decision; null for a plain mail
 * @param forget whether the request's folder is forgotten once the mail has ended: true where no workflow does it
 */
public record Mail(
        String id,
        String requestId,
        SmtpServer server,
        Mailbox from,
        @Nullable Mailbox replyTo,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        String subject,
        @Nullable Content text,
        @Nullable Content html,
        List<Attachment> attachments,
        @Nullable S3Bucket bucket,
        @Nullable Question question,
        boolean forget) {

    /** Where this mail's letter lies in the request's folder; empty when the mail carries all itself. */
    public Optional<String> letter() {
        return attachments.stream()
                .filter(attachment -> attachment.location() == Location.LETTER)
                .map(Attachment::reference)
                .findFirst();
    }

    /** The same mail with what its letter holds. */
    public Mail with(Letter letter) {
        return new Mail(
                id,
                requestId,
                server,
                from,
                replyTo,
                to,
                cc,
                bcc,
                letter.subject(),
                text,
                html,
                letter.attachments(),
                bucket,
                question == null ? null : question.withOutcomes(letter.labels()),
                forget);
    }

    /** The id only. */
    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
