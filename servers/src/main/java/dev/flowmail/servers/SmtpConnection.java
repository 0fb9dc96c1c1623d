package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What goes to and fro between a mail server and one client: lines, each character one byte. */
final class SmtpConnection {
    private Socket socket;
    private BufferedReader in;

    SmtpConnection(Socket socket) throws IOException {
        this.socket = socket;
        in = reader(socket);
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    /** Encrypts all that follows. */
    void secure(SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        socket = secured;
        in = reader(secured);
    }

    /** The next line; null once the client has hung up. */
    @Nullable
    String hear() throws IOException {
        return in.readLine();
    }

    void say(String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
