package dev.flowmail.verification.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail server on 127.0.0.1 that takes every mail as fast as it can, and says {@code mailed TIME ID LINK...} for each: the
 * local part of its recipient, and the decision links in it or {@code -}; of one that brings a fresh code, {@code code TIME ID
 * CODE}.
 */
final class SmtpSink {
    private static final Pattern RECIPIENT = Pattern.compile("<([^@>]*)@", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+/decide/[\\w.~-]+");

    private static final Pattern CODE = Pattern.compile("on the page: ([0-9]{6})\\b");

    private final ServerSocket server;
    private final Lines lines;
    private final Executor threads = Executors.newCachedThreadPool();

    SmtpSink(Lines lines) {
        this.lines = lines;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
            OutputStream out = socket.getOutputStream();
            reply(out, "220 sink.bench.example");
            String recipient = "";
            @Nullable String line;
            while ((line = in.readLine()) != null) {
                String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> reply(out, "250-sink.bench.example\r\n250 8BITMIME");
                    case "RCPT" -> {
                        Matcher matcher = RECIPIENT.matcher(line);
                        recipient = matcher.find() ? matcher.group(1) : "";
                        reply(out, "250 OK");
                    }
                    case "DATA" -> {
                        reply(out, "354 Go on");
                        String mail = mail(in);
                        Optional<String> code = code(mail);
                        lines.say(
                                code.isPresent() ? "code" : "mailed",
                                Clock.micros(),
                                recipient,
                                code.orElseGet(() -> links(mail)));
                        reply(out, "250 OK");
                    }
                    case "QUIT" -> {
                        reply(out, "221 Bye");
                        return;
                    }
                    default -> reply(out, "250 OK");
                }
            }
        } catch (IOException gone) {
            // the other end has hung up, as it may
        }
    }

    private static void reply(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    private static String mail(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        @Nullable String line;
        while ((line = in.readLine()) != null && !line.equals(".")) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    /** The fresh code in a mail that brings one. */
    static Optional<String> code(String mail) {
        return CODE.matcher(unbroken(mail))
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    /** Its lines are broken where quoted-printable breaks them (RFC 2045, 6.7). */
    private static String unbroken(String mail) {
        return mail.replace("=\n", "");
    }

    static String links(String mail) {
        String links = LINK.matcher(unbroken(mail))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
        return links.isEmpty() ? "-" : links;
    }
}
