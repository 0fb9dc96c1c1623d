package dev.flowmail.verification.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail server on 127.0.0.1, for mails to one recipient each. It accepts all of them, unless a kind of it says otherwise. */
public abstract class SmtpServer extends Server {
    protected static final String ACCEPTED = "250 OK";

    private static final Pattern ADDRESS = Pattern.compile("<([^>]*)>");

    /** What it can do, as it says to EHLO. */
    protected String extension() {
        return "8BITMIME";
    }

    /** What it says to {@code AUTH}. */
    protected String replyToSignIn() {
        return ACCEPTED;
    }

    /** What it says to {@code RCPT}. */
    protected String replyTo(String recipient) {
        return ACCEPTED;
    }

    /**
     * A mail has arrived, and is accepted when this returns.
     *
     * @param begun when its sender was named
     * @param source with CRLF, dots removed again (RFC 5321, section 4.5.2), in ISO 8859-1
     */
    protected abstract void receive(Instant begun, String recipient, String source) throws InterruptedException;

    @Override
    protected final void serve(Socket client) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        OutputStream out = client.getOutputStream();
        reply(out, "220 mail.example ESMTP");
        Instant begun = Instant.now();
        String recipient = "";
        @Nullable String line;
        while ((line = in.readLine()) != null) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> reply(out, "250-mail.example\r\n250 " + extension());
                case "AUTH" -> reply(out, replyToSignIn());
                case "MAIL" -> {
                    begun = Instant.now();
                    reply(out, ACCEPTED);
                }
                case "RCPT" -> {
                    recipient = address(line);
                    reply(out, replyTo(recipient));
                }
                case "DATA" -> {
                    reply(out, "354 Go on");
                    receive(begun, recipient, source(in));
                    reply(out, ACCEPTED);
                }
                case "QUIT" -> {
                    reply(out, "221 Bye");
                    return;
                }
                default -> reply(out, ACCEPTED);
            }
        }
    }

    private static String source(BufferedReader in) throws IOException {
        StringBuilder source = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("The client hung up within a mail");
            }
            source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return source.toString();
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
