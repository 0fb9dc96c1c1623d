package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.Attachments.Attached;
import dev.flowmail.activities.smtp.Bodies.Body;
import dev.flowmail.templates.Logo;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param attempt bounds the time for fetching attachments
     * @throws io.temporal.failure.ApplicationFailure when an address is not valid or an attachment is not to be had
     */
    ComposedMail compose(Mail mail, Attempt attempt) throws MessagingException {
        InternetAddress from = Addresses.of("From", mail.from());
        Map<String, InternetAddress> recipients = new LinkedHashMap<>();
        InternetAddress[] to = addresses("To", mail.to(), recipients);
        InternetAddress[] cc = addresses("To (CC)", mail.cc(), recipients);
        addresses("To (BCC)", mail.bcc(), recipients);
        boolean utf8 = Addresses.needsUtf8(from) || recipients.values().stream().anyMatch(Addresses::needsUtf8);

        IdentifiedMessage message =
                new IdentifiedMessage(utf8 ? UTF8_HEADERS : ASCII_HEADERS, messageIds.of(mail.id()));
        message.setEnvelopeFrom(from.getAddress());
        if (utf8) {
            message.setMailExtension("SMTPUTF8");
        }
        message.setFrom(from);
        message.setRecipients(RecipientType.TO, to);
        message.setRecipients(RecipientType.CC, cc);
        if (to.length + cc.length == 0) {
            message.setHeader("To", "undisclosed-recipients:;");
        }
        headers(message, mail);
        long size = content(message, mail, attempt);
        message.saveChanges();
        return new ComposedMail(message, recipients, utf8, size);
    }

    /** Adds to the envelope, where equal addresses count once. */
    private static InternetAddress[] addresses(
            String input, List<Mailbox> mailboxes, Map<String, InternetAddress> recipients) {
        return mailboxes.stream()
                .map(mailbox -> {
                    InternetAddress address = Addresses.of(input, mailbox);
                    if (recipients.keySet().stream().noneMatch(mailbox.address()::equalsIgnoreCase)) {
                        recipients.put(mailbox.address(), address);
                    }
                    return address;
                })
                .toArray(InternetAddress[]::new);
    }

    private void headers(IdentifiedMessage message, Mail mail) throws MessagingException {
        String subject = HostileText.neutralise(mail.subject());
        if (!subject.isEmpty()) {
            message.setSubject(subject, StandardCharsets.UTF_8.name());
        }
        message.setSentDate(Date.from(Instant.now()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "OOF, AutoReply");
        if (mail.question() != null && mail.question().firstMailId() != null) {
            String first = messageIds.of(mail.question().firstMailId());
            message.setHeader("In-Reply-To", first);
            message.setHeader("References", first);
        }
    }

    private long content(IdentifiedMessage message, Mail mail, Attempt attempt) throws MessagingException {
        Body body = body(mail);
        long size = body.text().length();
        if (body.html() != null) {
            size += body.html().length();
        }
        if (mail.attachments().isEmpty()) {
            setBody(message, body);
            return size;
        }
        List<MimeBodyPart> parts = new ArrayList<>();
        MimeBodyPart first = new MimeBodyPart();
        setBody(first, body);
        parts.add(first);
        long files = 0;
        for (int place = 0; place < mail.attachments().size(); place++) {
            Attached attached = attachments.attach(mail, place, attempt);
            parts.add(attached.part());
            files += attached.size();
            Attachments.requireRoom(files, place);
            // base64 makes 78 bytes of 57
            size += attached.size() / 57 * 78;
        }
        message.setContent(multipart("mixed", parts));
        return size;
    }

    private Body body(Mail mail) {
        try {
            return bodies.of(mail);
        } catch (IOException missing) {
            throw Faults.missing(missing);
        }
    }

    private static void setBody(MimePart part, Body body) throws MessagingException {
        if (body.html() == null) {
            setText(part, body.text(), "plain");
            return;
        }
        MimeBodyPart text = new MimeBodyPart();
        setText(text, body.text(), "plain");
        MimeBodyPart html = new MimeBodyPart();
        setText(html, body.html(), "html");
        part.setContent(multipart("alternative", List.of(text, body.logo() == null ? html : with(html, body.logo()))));
    }

    /** The HTML and the picture that it shows (RFC 2387). */
    private static MimeBodyPart with(MimeBodyPart html, Logo logo) throws MessagingException {
        MimeBodyPart picture = new MimeBodyPart();
        picture.setDataHandler(new DataHandler(new ByteArrayDataSource(logo.bytes(), logo.type())));
        picture.setContentID("<" + logo.contentId() + ">");
        picture.setDisposition(Part.INLINE);
        picture.setFileName(logo.fileName());
        MimeBodyPart both = new MimeBodyPart();
        both.setContent(multipart("related", List.of(html, picture)));
        return both;
    }

    private static void setText(MimePart part, String text, String subtype) throws MessagingException {
        byte[] content = canonicalLines(text).getBytes(StandardCharsets.UTF_8);
        // not setText(), which has the text written byte by byte
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, "text/" + subtype + "; charset=UTF-8")));
        part.setHeader("Content-Transfer-Encoding", isMostlyAscii(text) ? "quoted-printable" : "base64");
    }

    /** With CR LF for every line end (RFC 2046, 4.1.1). By hand: a regular expression took 8 % of a decision's CPU. */
    static String canonicalLines(String text) {
        StringBuilder canonical = new StringBuilder(text.length() + text.length() / 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\r' || character == '\n') {
                canonical.append("\r\n");
                if (character == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
            } else {
                canonical.append(character);
            }
        }
        return canonical.toString();
    }

    private static boolean isMostlyAscii(String text) {
        return text.chars().filter(character -> character > 0x7f).count() * 6 <= text.length();
    }

    private static Multipart multipart(String subtype, List<MimeBodyPart> parts) throws MessagingException {
        MimeMultipart multipart = new MimeMultipart(subtype);
        for (MimeBodyPart part : parts) {
            multipart.addBodyPart(part);
        }
        return multipart;
    }

    private static Session utf8Headers() {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        return Session.getInstance(properties);
    }
}
