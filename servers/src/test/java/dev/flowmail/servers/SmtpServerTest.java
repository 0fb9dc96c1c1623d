package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SmtpServerTest {
    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void aMailArrivesWithoutTheDotsOfTheProtocol() throws IOException {
        assertThat(repliesTo("EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<anna@b.example>", "DATA"))
                .endsWith("354 Go on");
        assertThat(repliesTo(
                        "MAIL FROM:<a@b.example>",
                        "RCPT TO:<anna@b.example>",
                        "DATA",
                        "Subject: x\r\n\r\n..\r\n...and\r\nmore\r\n."))
                .containsExactly("250 OK", "250 OK", "354 Go on", "250 OK");
        assertThat(received).containsExactly("anna@b.example: Subject: x\r\n\r\n.\r\n..and\r\nmore\r\n");
    }

    @Test
    void aKindOfItRejectsWhomItDoesNotKnow() throws IOException {
        assertThat(repliesTo("MAIL FROM:<a@b.example>", "RCPT TO:<nobody@b.example>", "quit"))
                .containsExactly("250 OK", "550 5.1.1 No such user here", "221 Bye");
        assertThat(received).isEmpty();
    }

    /** The last line of each reply, to one command after the other. */
    private List<String> repliesTo(String... commands) throws IOException {
        List<String> replies = new CopyOnWriteArrayList<>();
        try (SmtpServer server = server()) {
            server.start();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                assertThat(in.readLine()).startsWith("220 ");
                for (String command : commands) {
                    socket.getOutputStream().write((command + "\r\n").getBytes(ISO_8859_1));
                    String line = in.readLine();
                    while (line.charAt(3) == '-') {
                        line = in.readLine();
                    }
                    replies.add(line);
                }
            }
        }
        return replies;
    }

    private SmtpServer server() {
        return new SmtpServer() {
            @Override
            protected String replyTo(String recipient) {
                return recipient.startsWith("nobody") ? "550 5.1.1 No such user here" : ACCEPTED;
            }

            @Override
            protected void receive(Instant begun, String recipient, String source) {
                received.add(recipient + ": " + source);
            }
        };
    }
}
