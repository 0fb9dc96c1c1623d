package dev.flowmail.verification.schedules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;

/** One request to a server that must know when its client hangs up, which no library tells. */
record RawHttp(String head, String body) {
    private static final int LONGEST_HEAD = 64 * 1024;

    /** All of it; no body where there is none. */
    static RawHttp read(InputStream in) throws IOException {
        String head = head(in);
        return new RawHttp(head, head.startsWith("POST ") ? new String(in.readNBytes(length(head)), UTF_8) : "");
    }

    boolean isPost() {
        return head.startsWith("POST ");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("There is no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) throws IOException {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line ->
                        Integer.valueOf(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("A callback does not say how long it is"));
    }

    /** Answers with JSON, and that this was all. */
    static void reply(Socket client, int status, String body) throws IOException {
        String reply =
                "HTTP/1.1 " + status + " \r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        client.getOutputStream().write(reply.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }
}
