package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/** A mail server that knows neither passwords (535) nor recipients (550); a recipient called busy it defers (451). */
final class RefusingMailServer implements AutoCloseable {
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

    private static void talk(Socket client) {
        try (client;
                BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            say(client, "220 mail.example ESMTP");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                say(client, answer(line));
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
            case "RCPT" -> line.contains("busy") ? "451 4.2.1 Try again later" : "550 5.1.1 No such user here";
            case "QUIT" -> "221 Bye";
            default -> "250 OK";
        };
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
