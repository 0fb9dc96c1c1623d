package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.SmtpServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import dev.flowmail.workflows.mail.SmtpServer.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds mails for tests. */
final class TestMail {
    private String id = "mail-1";
    private SmtpServer server;
    private Mailbox from = new Mailbox("flow@example.com", "Flow");
    private @Nullable Mailbox replyTo;
    private final List<Mailbox> to = new ArrayList<>();
    private final List<Mailbox> cc = new ArrayList<>();
    private final List<Mailbox> bcc = new ArrayList<>();
    private String subject = "Approve?";
    private @Nullable Content text = Content.inline("Please look at this.");
    private @Nullable Content html;
    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable Question question;
    private boolean forget;

    private TestMail(SmtpServer server) {
        this.server = server;
    }

    static TestMail via(int port) {
        return via(port, Transport.PLAIN);
    }

    static TestMail via(int port, Transport transport) {
        return new TestMail(new SmtpServer("localhost", port, transport, null, null, null));
    }

    static TestMail viaOperatorsServer() {
        return new TestMail(SmtpServer.OPERATORS);
    }

    TestMail id(String id) {
        this.id = id;
        return this;
    }

    TestMail signedIn(String username, String password) {
        server = new SmtpServer(server.host(), server.port(), server.transport(), username, password, null);
        return this;
    }

    TestMail signedIn(String username, OAuth2 oauth2) {
        server = new SmtpServer(server.host(), server.port(), server.transport(), username, null, oauth2);
        return this;
    }

    TestMail from(String address, @Nullable String name) {
        from = new Mailbox(address, name);
        return this;
    }

    TestMail replyTo(String address) {
        replyTo = new Mailbox(address, null);
        return this;
    }

    TestMail to(String... addresses) {
        Arrays.stream(addresses).map(address -> new Mailbox(address, null)).forEach(to::add);
        return this;
    }

    TestMail toNamed(String address, String name) {
        to.add(new Mailbox(address, name));
        return this;
    }

    TestMail cc(String address) {
        cc.add(new Mailbox(address, null));
        return this;
    }

    TestMail bcc(String address) {
        bcc.add(new Mailbox(address, null));
        return this;
    }

    TestMail subject(String subject) {
        this.subject = subject;
        return this;
    }

    TestMail text(@Nullable Content text) {
        this.text = text;
        return this;
    }

    TestMail html(String html) {
        this.html = Content.inline(html);
        return this;
    }

    TestMail html(Content html) {
        this.html = html;
        return this;
    }

    TestMail attachment(String name, @Nullable String type, String file) {
        attachments.add(new Attachment(name, type, Attachment.Location.STORE, file));
        return this;
    }

    TestMail attachment(Attachment attachment) {
        attachments.add(attachment);
        return this;
    }

    TestMail question(Question question) {
        this.question = question;
        return this;
    }

    TestMail forget() {
        this.forget = true;
        return this;
    }

    Mail build() {
        return new Mail(
                id,
                "request-1",
                server,
                from,
                replyTo,
                to,
                cc,
                bcc,
                subject,
                text,
                html,
                attachments,
                null,
                question,
                forget);
    }
}
