package dev.flowmail.simulator.page;

import dev.flowmail.simulator.inbox.ReceivedMail;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * A mail to read.
 *
 * @param to the recipients in {@code To}, as they are written
 * @param html whether there is HTML to show
 * @param source the exact source
 */
record MailContent(String to, boolean html, String text, String source, List<ReceivedMail.AttachedFile> attachments) {

    static MailContent of(ReceivedMail mail) {
        return new MailContent(mail.to(), !mail.html().isEmpty(), mail.text(), mail.source(), mail.attachments());
    }

    /** The HTML; its links open beside the page, as a mail program's do. */
    static String html(ReceivedMail mail) {
        Document document = Jsoup.parse(mail.html());
        document.outputSettings().prettyPrint(false);
        document.select("a[href], area[href]").attr("target", "_blank").attr("rel", "noopener noreferrer");
        return document.outerHtml();
    }
}
