package dev.flowmail.simulator.inbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.commons.codec.digest.DigestUtils;
import org.jsoup.Jsoup;

/**
 * One mail as it came to one recipient.
 *
 * @param recipient the address in the envelope
 * @param messageId the header, with its brackets; empty when it is missing
 * @param source the mail's exact source
 * @param text the plain text; empty when there is none
 * @param html the HTML; empty when there is none
 */
public record ReceivedMail(
        Instant at,
        String recipient,
        String messageId,
        String source,
        String text,
        String html,
        List<AttachedFile> attachments) {
    /**
     * A file that came with a mail.
     *
     * @param sha256 of its bytes, in hexadecimal
     */
    public record AttachedFile(String name, String type, int size, String sha256) {

        /** A file as it should come. */
        public static AttachedFile of(String name, String type, byte[] content) {
            return new AttachedFile(name, type, content.length, DigestUtils.sha256Hex(content));
        }
    }

    /** Reads a mail from its source. */
    public static ReceivedMail read(String recipient, byte[] source) {
        try {
            MimeMessage message = parse(source);
            MailParts parts = MailParts.of(message);
            return new ReceivedMail(
                    Instant.now(),
                    recipient,
                    Optional.ofNullable(message.getMessageID()).orElse(""),
                    new String(source, ISO_8859_1),
                    parts.text(),
                    parts.html(),
                    parts.files());
        } catch (MessagingException e) {
            throw new IllegalStateException("A mail cannot be parsed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of one of the attachments, by its index among them. */
    public byte[] file(int index) {
        try {
            return MailParts.of(message()).content(index);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A header's value, decoded; empty when it is missing. */
    public String header(String name) {
        try {
            String[] values = message().getHeader(name);
            return values == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(values[0]));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The subject. */
    public String subject() {
        return header("Subject");
    }

    /** The addresses in {@code To} and {@code Cc}, without names. */
    public List<String> visibleRecipients() {
        try {
            return Arrays.stream(
                            Optional.ofNullable(message().getAllRecipients()).orElseThrow())
                    .map(address -> ((InternetAddress) address).getAddress())
                    .toList();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The recipients in {@code To}, as they are written. */
    public String to() {
        return header(Message.RecipientType.TO.toString());
    }

    /** The decision links in the HTML, in order. */
    public List<DecisionLink> htmlLinks() {
        return Jsoup.parse(html).select("a[href*=/decide/]").stream()
                .map(link -> new DecisionLink(link.text(), URI.create(link.attr("href"))))
                .toList();
    }

    /** The decision links in the plain text, in order; the label is what stands before the address, or on the line above. */
    public List<DecisionLink> textLinks() {
        return TextLinks.in(text);
    }

    /** The address of the link with this label. */
    public URI link(String label) {
        return htmlLinks().stream()
                .filter(link -> link.label().equals(label))
                .map(DecisionLink::address)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("The mail's HTML has no link \"" + label + "\", but " + htmlLinks()));
    }

    private MimeMessage message() throws MessagingException {
        return parse(source.getBytes(ISO_8859_1));
    }

    private static MimeMessage parse(byte[] source) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
    }
}
