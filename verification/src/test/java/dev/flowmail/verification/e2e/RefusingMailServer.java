package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flowmail.simulator.inbox.ReceivedMail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that knows neither passwords (535) nor recipients (550); a recipient called busy it defers (451), one called
 * known it takes mails for.
 */
final class RefusingMailServer implements AutoCloseable {
    private final List<ReceivedMail> taken = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    RefusingMailServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The mails to an address that it has taken, oldest first. */
    List<ReceivedMail> mailsTo(String address) {
        return taken.stream().filter(mail -> mail.recipient().equals(address)).toList();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "refusing-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            say(client, "220 mail.example ESMTP");
            String recipient = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("RCPT") && line.contains("known")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                }
                say(client, answer(line));
                if (line.equals("DATA")) {
                    taken.add(ReceivedMail.read(recipient, content(lines)));
                    say(client, "250 OK");
                }
            }
        } catch (IOException gone) {
            // the client has hung up
        }
    }

    private static String answer(String line) {
        String command = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
        return switch (command) {
            case "EHLO" -> "250-mail.example\r\n250 AUTH PLAIN LOGIN";
            case "AUTH" -> "535 5.7.8 Username and password not accepted";
            case "RCPT" -> recipient(line);
            case "DATA" -> "354 Go on";
            case "QUIT" -> "221 Bye";
            default -> "250 OK";
        };
    }

    private static String recipient(String line) {
        if (line.contains("known")) {
            return "250 OK";
        }
        return line.contains("busy") ? "451 4.2.1 Try again later" : "550 5.1.1 No such user here";
    }

    /** A mail's source, dots taken off again (RFC 5321, section 4.5.2). */
    private static byte[] content(BufferedReader lines) throws IOException {
        StringBuilder source = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return source.toString().getBytes(US_ASCII);
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
        client.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
