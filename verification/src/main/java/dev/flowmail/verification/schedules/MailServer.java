package dev.flowmail.verification.schedules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flowmail.servers.SmtpServer;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.schedules.Manners.OfMail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The mail server of one schedule. */
final class MailServer extends SmtpServer {
    private static final int SLOW_MILLIS = 1_500;
    private static final int BUSY_TIMES = 2;

    private final Map<String, OfMail> manners;
    private final Journal journal;
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final List<Mailed> mails = new CopyOnWriteArrayList<>();

    /**
     * A mail that it has accepted.
     *
     * @param begun when its sender was named
     */
    record Mailed(Instant begun, ReceivedMail mail) {}

    /** @param manners by address; whoever is not in it gets every mail */
    MailServer(Map<String, OfMail> manners, Journal journal) {
        this.manners = manners;
        this.journal = journal;
    }

    List<Mailed> mails() {
        return mails;
    }

    List<ReceivedMail> mailsTo(String address) {
        return mails.stream()
                .map(Mailed::mail)
                .filter(mail -> mail.recipient().equals(address))
                .toList();
    }

    private OfMail mannerFor(String recipient) {
        return manners.getOrDefault(recipient, OfMail.TAKES);
    }

    @Override
    protected String replyTo(String recipient) {
        int earlier =
                tries.computeIfAbsent(recipient, key -> new AtomicInteger()).getAndIncrement();
        String reply = switch (mannerFor(recipient)) {
            case REFUSES -> "550 5.1.1 No such user here";
            case BUSY_TWICE -> earlier < BUSY_TIMES ? "451 4.2.1 Try again later" : ACCEPTED;
            default -> ACCEPTED;
        };
        if (!reply.equals(ACCEPTED)) {
            journal.note("the mail server says " + reply + " to " + recipient);
        }
        return reply;
    }

    @Override
    protected void receive(Instant begun, String recipient, String source) throws InterruptedException {
        ReceivedMail mail = ReceivedMail.read(recipient, source.getBytes(ISO_8859_1));
        mails.add(new Mailed(begun, mail));
        journal.note("a mail for " + recipient + ": " + mail.subject());
        if (mannerFor(recipient) == OfMail.SLOW) {
            Thread.sleep(SLOW_MILLIS);
        }
    }
}
