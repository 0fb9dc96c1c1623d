package dev.flowmail.verification.schedules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.schedules.Manners.OfMail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The mail server of one schedule. */
final class MailServer extends Server {
    private static final Pattern ADDRESS = Pattern.compile("<([^>]*)>");
    private static final int SLOW_MILLIS = 1_500;
    private static final int BUSY_TIMES = 2;

    private final Map<String, OfMail> manners;
    private final Journal journal;
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final List<Mailed> mails = new CopyOnWriteArrayList<>();

    /**
     * A mail that it has taken.
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

    @Override
    void serve(Socket client) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        OutputStream out = client.getOutputStream();
        reply(out, "220 mail.schedule.example");
        Instant begun = Instant.now();
        String recipient = "";
        @Nullable String line;
        while ((line = in.readLine()) != null) {
            String command = line.length() < 4 ? line : line.substring(0, 4);
            switch (command) {
                case "EHLO" -> reply(out, "250-mail.schedule.example\r\n250 8BITMIME");
                case "MAIL" -> {
                    begun = Instant.now();
                    reply(out, "250 OK");
                }
                case "RCPT" -> {
                    recipient = address(line);
                    reply(out, answerTo(recipient));
                }
                case "DATA" -> {
                    reply(out, "354 Go on");
                    take(begun, recipient, in);
                    reply(out, "250 OK");
                }
                case "QUIT" -> {
                    reply(out, "221 Bye");
                    return;
                }
                default -> reply(out, "250 OK");
            }
        }
    }

    private OfMail mannerFor(String recipient) {
        return manners.getOrDefault(recipient, OfMail.TAKES);
    }

    private String answerTo(String recipient) {
        int earlier =
                tries.computeIfAbsent(recipient, key -> new AtomicInteger()).getAndIncrement();
        String answer = switch (mannerFor(recipient)) {
            case REFUSES -> "550 5.1.1 No such user here";
            case BUSY_TWICE -> earlier < BUSY_TIMES ? "451 4.2.1 Try again later" : "250 OK";
            default -> "250 OK";
        };
        if (!answer.startsWith("250")) {
            journal.note("the mail server says " + answer + " to " + recipient);
        }
        return answer;
    }

    private void take(Instant begun, String recipient, BufferedReader in) throws IOException, InterruptedException {
        StringBuilder source = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("The client hung up within a mail");
            }
            source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        ReceivedMail mail = ReceivedMail.read(recipient, source.toString().getBytes(ISO_8859_1));
        mails.add(new Mailed(begun, mail));
        journal.note("a mail for " + recipient + ": " + mail.subject());
        if (mannerFor(recipient) == OfMail.SLOW) {
            Thread.sleep(SLOW_MILLIS);
        }
    }

    private static String address(String line) {
        Matcher matcher = ADDRESS.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void reply(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }
}
