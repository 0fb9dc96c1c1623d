package dev.flowmail.simulator.page;

import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The inbox's mails, by their index in it, as the page's script asks for them. */
@RestController
final class MailController {
    static final String MAIL_HTML = "/page/mail-html/";

    private final Inbox inbox;

    MailController(Inbox inbox) {
        this.inbox = inbox;
    }

    @GetMapping("/page/mails/{id}")
    ResponseEntity<MailContent> mail(@PathVariable int id) {
        return ResponseEntity.of(find(id).map(MailContent::of));
    }

    @GetMapping(path = MAIL_HTML + "{id}", produces = "text/html;charset=UTF-8")
    ResponseEntity<String> html(@PathVariable int id) {
        return ResponseEntity.of(find(id).map(MailContent::html));
    }

    /** A file of a mail, to be saved: whatever it is, it is never shown as a page. */
    @GetMapping("/page/mail-files/{id}/{index}")
    ResponseEntity<byte[]> file(@PathVariable int id, @PathVariable int index) {
        return find(id).filter(mail -> index >= 0 && index < mail.attachments().size())
                .map(mail -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename(mail.attachments().get(index).name(), StandardCharsets.UTF_8)
                                        .build()
                                        .toString())
                        .header("X-Content-Type-Options", "nosniff")
                        .body(mail.file(index)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private Optional<ReceivedMail> find(int id) {
        List<ReceivedMail> mails = inbox.mails();
        return id >= 0 && id < mails.size() ? Optional.of(mails.get(id)) : Optional.empty();
    }
}
