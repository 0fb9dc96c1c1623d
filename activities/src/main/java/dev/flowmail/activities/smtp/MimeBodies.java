package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.Bodies.Body;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.util.ArrayList;
import java.util.List;

/** A mail's bodies as parts of it (RFC 2046): text, or text and HTML, and what the HTML shows. */
final class MimeBodies {
    private MimeBodies() {}

    static void setBody(MimePart part, Body body) throws MessagingException {
        if (body.html() == null) {
            setText(part, body.text(), "plain");
            return;
        }
        MimeBodyPart text = new MimeBodyPart();
        setText(text, body.text(), "plain");
        MimeBodyPart html = new MimeBodyPart();
        setText(html, body.html(), "html");
        part.setContent(multipart(
                "alternative", List.of(text, body.pictures().isEmpty() ? html : with(html, body.pictures()))));
    }

    /** The HTML and the pictures that it shows (RFC 2387). */
    private static MimeBodyPart with(MimeBodyPart html, List<Picture> pictures) throws MessagingException {
        List<MimeBodyPart> parts = new ArrayList<>();
        parts.add(html);
        for (Picture picture : pictures) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(
                    new OpenedSource("", picture.type(), new BodyPart(List.of(picture.bytes()))::open)));
            part.setHeader("Content-Transfer-Encoding", "base64");
            part.setContentID("<" + picture.contentId() + ">");
            part.setDisposition(Part.INLINE);
            part.setFileName(picture.fileName());
            parts.add(part);
        }
        MimeBodyPart related = new MimeBodyPart();
        related.setContent(multipart("related", parts));
        return related;
    }

    private static void setText(MimePart part, BodyPart text, String subtype) throws MessagingException {
        // not setText(), which has the text written byte by byte
        part.setDataHandler(new DataHandler(new OpenedSource("", "text/" + subtype + "; charset=UTF-8", text::open)));
        part.setHeader("Content-Transfer-Encoding", text.isMostlyAscii() ? "quoted-printable" : "base64");
    }

    static Multipart multipart(String subtype, List<MimeBodyPart> parts) throws MessagingException {
        MimeMultipart multipart = new MimeMultipart(subtype);
        for (MimeBodyPart part : parts) {
            multipart.addBodyPart(part);
        }
        return multipart;
    }
}
