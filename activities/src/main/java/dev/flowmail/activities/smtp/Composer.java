package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.Attachments.Attached;
import dev.flowmail.activities.smtp.Bodies.Body;
import dev.flowmail.templates.HostileText;
import dev.flowmail.workflows.mail.Mail;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** Writes mails in a form (RFC 5322, 2045 to 2049) that every mail server passes on unchanged. */
final class Composer {
    static {
        // else each part of a mail looks through the whole class path for it (jakartaee/mail-api issue 861)
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private static final Session ASCII_HEADERS = Session.getInstance(new Properties());
    private static final Session UTF8_HEADERS = utf8Headers();

    private final Bodies bodies;
    private final Attachments attachments;
    private final MessageIds messageIds;

    Composer(Bodies bodies, Attachments attachments, MessageIds messageIds) {
        this.bodies = bodies;
        this.attachments = attachments;
        this.messageIds = messageIds;
    }

    /**
     * Writes a mail.
     *
     * @param utf8 whether for those who can only be reached with SMTPUTF8 (RFC 6531), or for the others: no address outside
     *     ASCII stands in what they get
     * @param attempt bounds the time for fetching attachments
     * @throws io.temporal.failure.ApplicationFailure when an attachment is not to be had
     */
    ComposedMail compose(Mail mail, Envelope envelope, boolean utf8, Attempt attempt) throws MessagingException {
        IdentifiedMessage message =
                new IdentifiedMessage(utf8 ? UTF8_HEADERS : ASCII_HEADERS, messageIds.of(mail.id()));
        message.setEnvelopeFrom(envelope.from().getAddress());
        if (utf8) {
            message.setMailExtension("SMTPUTF8");
        }
        message.setFrom(envelope.from());
        InternetAddress replyTo = envelope.replyTo();
        if (replyTo != null && (utf8 || !MailAddress.needsUtf8(replyTo))) {
            message.setReplyTo(new InternetAddress[] {replyTo});
        }
        message.setRecipients(RecipientType.TO, shown(envelope.to(), utf8));
        message.setRecipients(RecipientType.CC, shown(envelope.cc(), utf8));
        if (envelope.to().isEmpty() && envelope.cc().isEmpty()) {
            message.setHeader("To", "undisclosed-recipients:;");
        }
        headers(message, mail);
        long size = content(message, mail, attempt);
        message.saveChanges();
        return new ComposedMail(message, utf8, size);
    }

    private static InternetAddress[] shown(List<InternetAddress> addresses, boolean utf8) {
        return addresses.stream()
                .map(address -> utf8 || !MailAddress.needsUtf8(address) ? address : MailAddress.downgraded(address))
                .toArray(InternetAddress[]::new);
    }

    private void headers(IdentifiedMessage message, Mail mail) throws MessagingException {
        String subject = HostileText.neutralise(mail.subject());
        if (!subject.isEmpty()) {
            message.setHeader(
                    "Subject", EncodedWords.needs(subject) ? EncodedWords.of(subject) : MimeUtility.fold(9, subject));
        }
        message.setSentDate(Date.from(Instant.now()));
        if (mail.question() == null) {
            return;
        }
        // not on plain mails: helpdesks make no tickets of what says that a program sent it
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "OOF, AutoReply");
        if (mail.question().firstMailId() != null) {
            String first = messageIds.of(mail.question().firstMailId());
            message.setHeader("In-Reply-To", first);
            message.setHeader("References", first);
        }
    }

    private long content(IdentifiedMessage message, Mail mail, Attempt attempt) throws MessagingException {
        Body body = body(mail, attempt);
        long size = body.text().size();
        if (body.html() != null) {
            size += body.html().size();
        }
        if (mail.attachments().isEmpty()) {
            MimeBodies.setBody(message, body);
            return size;
        }
        List<MimeBodyPart> parts = new ArrayList<>();
        MimeBodyPart first = new MimeBodyPart();
        MimeBodies.setBody(first, body);
        parts.add(first);
        long files = 0;
        for (int index = 0; index < mail.attachments().size(); index++) {
            Attached attached = attachments.attach(mail, index, attempt);
            parts.add(attached.part());
            files += attached.size();
            Attachments.requireRoom(files, index);
            // base64 makes 78 bytes of 57
            size += attached.size() / 57 * 78;
        }
        message.setContent(MimeBodies.multipart("mixed", parts));
        return size;
    }

    private Body body(Mail mail, Attempt attempt) {
        try {
            return bodies.of(mail, attempt);
        } catch (IOException missing) {
            throw Faults.missing(missing);
        }
    }

    private static Session utf8Headers() {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        return Session.getInstance(properties);
    }
}
