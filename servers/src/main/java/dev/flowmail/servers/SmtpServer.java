package dev.flowmail.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A mail server, for mails to one recipient each: of several it tells the last. It accepts all of them, unless a kind of it says
 * otherwise. Lines are in ISO 8859-1: each character is one byte.
 */
public abstract class SmtpServer extends Server {
    protected static final String ACCEPTED = "250 OK";

    /** Instead of a reply: hangs up without a word. */
    protected static final String HANG_UP = "";

    /** Instead of a command: a client has come. */
    protected static final String GREETING = "CONNECT";

    /** Instead of a command: a line of a mail has come. Nothing is said to it, but it may hang up. */
    protected static final String CONTENT = "CONTENT";

    /** Instead of a command: a mail has come. */
    protected static final String END = ".";

    private static final String GO_AHEAD = "220 Go ahead";
    private static final Pattern ADDRESS = Pattern.compile("<([^>]*)>");

    protected SmtpServer() {}

    /** @param port 0 for any that is free */
    protected SmtpServer(InetAddress address, int port) {
        super(address, port);
    }

    /** What it can do, as it says to EHLO. */
    protected List<String> extensions() {
        return List.of("8BITMIME");
    }

    /** With what it encrypts every connection from the beginning on. */
    protected Optional<SSLContext> tls() {
        return Optional.empty();
    }

    /** With what it encrypts a connection once it is asked to. */
    protected Optional<SSLContext> startTls() {
        return Optional.empty();
    }

    /** What it says to {@code AUTH}. */
    protected String replyToSignIn() {
        return "235 Welcome";
    }

    /** What it says to {@code RCPT}. */
    protected String replyTo(String recipient) {
        return ACCEPTED;
    }

    /**
     * What it says in the end.
     *
     * @param said a command, or what stands for one
     * @param usual what it says otherwise
     */
    protected String reply(String said, String usual) throws InterruptedException {
        return usual;
    }

    /**
     * A mail has arrived, and is accepted when this returns.
     *
     * @param begun when its sender was named
     * @param source with CRLF, dots removed again (RFC 5321, section 4.5.2)
     */
    protected abstract void receive(Instant begun, String recipient, String source) throws InterruptedException;

    @Override
    protected final void serve(Socket client) throws IOException, InterruptedException {
        SmtpConnection connection = new SmtpConnection(client);
        Optional<SSLContext> tls = tls();
        if (tls.isPresent()) {
            connection.secure(tls.get());
        }
        if (says(connection, reply(GREETING, "220 mail.example ESMTP"))) {
            converse(connection);
        }
    }

    private void converse(SmtpConnection connection) throws IOException, InterruptedException {
        Instant begun = Instant.now();
        String recipient = "";
        @Nullable String line;
        while ((line = connection.hear()) != null) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            if (verb.equals("MAIL")) {
                begun = Instant.now();
            } else if (verb.equals("RCPT")) {
                recipient = address(line);
            }
            String reply = reply(line, usual(verb, recipient));
            if (!says(connection, reply) || reply.startsWith("221 ")) {
                return;
            }
            if (reply.equals(GO_AHEAD)) {
                connection.secure(startTls().orElseThrow());
            } else if (verb.equals("DATA") && reply.startsWith("354 ")) {
                Optional<String> source = source(connection);
                if (source.isEmpty()) {
                    return;
                }
                receive(begun, recipient, source.get());
                if (!says(connection, reply(END, ACCEPTED))) {
                    return;
                }
            }
        }
    }

    private String usual(String verb, String recipient) {
        return switch (verb) {
            case "EHLO" -> offer();
            case "STAR" -> startTls().isPresent() ? GO_AHEAD : ACCEPTED;
            case "AUTH" -> replyToSignIn();
            case "RCPT" -> replyTo(recipient);
            case "DATA" -> "354 Go on";
            case "QUIT" -> "221 Bye";
            default -> ACCEPTED;
        };
    }

    private String offer() {
        String lines = extensions().stream()
                .map(extension -> "250-" + extension + "\r\n")
                .collect(Collectors.joining());
        return "250-mail.example\r\n" + lines + "250 HELP";
    }

    /** Whether the conversation goes on. */
    private static boolean says(SmtpConnection connection, String reply) throws IOException {
        if (reply.equals(HANG_UP)) {
            return false;
        }
        connection.say(reply);
        return true;
    }

    /** Nothing when the conversation ends within it. */
    private Optional<String> source(SmtpConnection connection) throws IOException, InterruptedException {
        StringBuilder source = new StringBuilder();
        for (String line = connection.hear(); !END.equals(line); line = connection.hear()) {
            if (line == null || reply(CONTENT, ACCEPTED).equals(HANG_UP)) {
                return Optional.empty();
            }
            source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return Optional.of(source.toString());
    }

    private static String address(String line) {
        Matcher matcher = ADDRESS.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }
}
