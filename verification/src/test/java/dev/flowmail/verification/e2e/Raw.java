package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** HTTP with headers that Java's client does not let one set. */
final class Raw {
    private Raw() {}

    /** The answer's first line. */
    static String get(URI server, String path, String... headers) {
        return exchange(server, "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers));
    }

    /** The answer's first line. */
    static String post(URI server, String path, String... headers) {
        return exchange(server, "POST " + path + " HTTP/1.1\r\nContent-Length: 0\r\n" + String.join("\r\n", headers));
    }

    private static String exchange(URI server, String request) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write((request + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
