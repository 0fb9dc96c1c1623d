package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flowmail.servers.SmtpServer;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that knows neither passwords (535) nor recipients (550); a recipient called busy it defers (451), for one called
 * known it accepts mails.
 */
final class RefusingMailServer extends SmtpServer {
    private final List<ReceivedMail> mails = new CopyOnWriteArrayList<>();

    RefusingMailServer() {
        start();
    }

    /** The mails to an address that it has accepted, oldest first. */
    List<ReceivedMail> mailsTo(String address) {
        return mails.stream().filter(mail -> mail.recipient().equals(address)).toList();
    }

    @Override
    protected List<String> extensions() {
        return List.of("AUTH PLAIN LOGIN");
    }

    @Override
    protected String replyToSignIn() {
        return "535 5.7.8 Username and password not accepted";
    }

    @Override
    protected String replyTo(String recipient) {
        if (recipient.contains("known")) {
            return ACCEPTED;
        }
        return recipient.contains("busy") ? "451 4.2.1 Try again later" : "550 5.1.1 No such user here";
    }

    @Override
    protected void receive(Instant begun, String recipient, String source) {
        mails.add(ReceivedMail.read(recipient, source.getBytes(US_ASCII)));
    }
}
