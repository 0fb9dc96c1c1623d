package dev.flowmail.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy (RFC 9110, sections 7.6 and 9.3.6) with a DNS of its own: it knows the names that it is given, all of them on
 * loopback. Takes requests in absolute form, one a connection, and CONNECT. Started at once.
 */
public final class ForwardingProxy extends Server {
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<String> refusal = Optional.empty();

    public ForwardingProxy() {
        start();
    }

    /** Leads to a port of this machine. */
    public ForwardingProxy knows(String hostAndPort, int port) {
        ports.put(hostAndPort, port);
        return this;
    }

    /** Answers everything so from now on, e.g. {@code 407 Proxy Authentication Required}. */
    public ForwardingProxy refuses(String statusLine) {
        refusal = Optional.of(statusLine);
        return this;
    }

    /** Method and target of each request. */
    public List<String> asked() {
        return asked;
    }

    @Override
    protected void serve(Socket client) throws IOException {
        String head = head(client.getInputStream());
        String[] words = head.substring(0, head.indexOf('\r')).split(" ", 3);
        asked.add(words[0] + " " + words[1]);
        boolean isTunnel = words[0].equals("CONNECT");
        URI target = URI.create(isTunnel ? "//" + words[1] : words[1]);
        int port = target.getPort() < 0 ? 80 : target.getPort();
        Integer known = ports.get(target.getHost() + ":" + port);
        String refused = refusal.orElse(known == null ? "502 Bad Gateway" : "");
        if (!refused.isEmpty() || known == null) {
            send(client, "HTTP/1.1 " + refused + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), known)) {
            dropToo(server);
            if (isTunnel) {
                send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
                String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
                send(
                        server,
                        head.replaceFirst("\\S+ \\S+", words[0] + " " + target.getRawPath() + query)
                                .replaceAll("(?i)(proxy-connection|connection|upgrade): .*\r\n", "")
                                .replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            }
            Thread there = new Thread(() -> pump(client, server), "forwarding-proxy");
            there.setDaemon(true);
            there.start();
            pump(server, client);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // by either side, or the test is over
        }
    }
}
