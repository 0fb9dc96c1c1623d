package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.S3Bucket;
import dev.flowmail.workflows.mail.SmtpServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked mail whose bodies and attachments still stand in the request. */
record Draft(
        SmtpServer server,
        Mailbox from,
        @Nullable Mailbox replyTo,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        String subject,
        @Nullable String text,
        @Nullable String html,
        List<AttachmentInput> attachments,
        @Nullable S3Bucket bucket) {
    Draft {
        if (to.isEmpty()) {
            throw ProblemException.badInput("To names no recipient: enter at least one.");
        }
    }

    /** @throws ProblemException 400 when it names more recipients than one request may have */
    Draft withAtMost(int recipients) {
        int named = to.size() + cc.size() + bcc.size();
        if (named > recipients) {
            throw ProblemException.badInput("To, To (CC) and To (BCC) name " + named + " recipients, more than the "
                    + recipients + " that one request may have (FLOWMAIL_LIMITS_RECIPIENTS).");
        }
        return this;
    }

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "Draft[...]";
    }
}
