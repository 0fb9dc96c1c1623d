package dev.flowmail.verification.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;

/** HTTP as no client of good will speaks it. */
final class Wire {

    /** Instead of a status: nobody listens. */
    static final int NOBODY = -1;

    /** Instead of a status: the connection was ended without a word. */
    static final int CUT_OFF = -2;

    /** Instead of a status: it was let go on. */
    static final int LET_GO_ON = 0;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 60_000;
    private static final int DRIP_MILLIS = 2_000;

    /** Flowmail's own limits are 20 to 27 s; a busy machine takes longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(80);

    private Wire() {}

    /** The header of HTTP Basic. */
    static String login(String user, String password) {
        return "Authorization: " + basic(user, password);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(ISO_8859_1));
    }

    /** Sends it all and reads the status of the answer. */
    static int send(URI server, String request) {
        return send(server, request, ANSWER_MILLIS, Wire::status);
    }

    /** Sends a beginning, and then a byte now and then for as long as it is let. */
    static int drip(URI server, String begun) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return send(server, begun, DRIP_MILLIS, socket -> {
            while (System.nanoTime() < end) {
                try {
                    return status(socket);
                } catch (SocketTimeoutException silent) {
                    socket.getOutputStream().write('x');
                }
            }
            return LET_GO_ON;
        });
    }

    private static int send(URI server, String request, int silenceMillis, Reader reader) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", server.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout(silenceMillis);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return reader.read(socket);
        } catch (ConnectException | SocketTimeoutException down) {
            return NOBODY;
        } catch (IOException ended) {
            return CUT_OFF;
        }
    }

    private static int status(Socket socket) throws IOException {
        InputStream answer = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = answer.read(); next >= 0 && next != '\r'; next = answer.read()) {
            line.append((char) next);
        }
        String[] words = line.toString().split(" ", 3);
        return words.length < 2 ? CUT_OFF : Integer.parseInt(words[1]);
    }

    @FunctionalInterface
    private interface Reader {
        int read(Socket socket) throws IOException;
    }
}
