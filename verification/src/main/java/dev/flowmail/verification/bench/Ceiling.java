package dev.flowmail.verification.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the stand-ins can do by themselves: where that is far above Flowmail's figures, they are not what is measured. */
final class Ceiling {
    private static final int CONNECTIONS = 8;

    /** About as long as one of Flowmail's decision mails. */
    private static final String MAIL =
            ("Content-Type: text/html\r\n\r\n" + "<p>Purchase order 4711</p>\r\n".repeat(240))
                    + "http://localhost/decide/" + "x".repeat(68) + "\r\n.\r\n";

    private Ceiling() {}

    /** Mails a second. */
    static double mails(int port, Duration length) {
        return perSecond(length, (end, count) -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    BufferedReader in =
                            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                String greeting = in.readLine();
                while (greeting != null && System.nanoTime() < end) {
                    say(out, in, "MAIL FROM:<flow@bench.example>\r\n");
                    say(out, in, "RCPT TO:<ceiling@bench.example>\r\n");
                    say(out, in, "DATA\r\n");
                    say(out, in, MAIL);
                    count.incrementAndGet();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void say(OutputStream out, BufferedReader in, String words) throws IOException {
        out.write(words.getBytes(ISO_8859_1));
        out.flush();
        if (in.readLine() == null) {
            throw new IOException("The mail server has hung up");
        }
    }

    /** Callbacks a second. */
    static double callbacks(int port, Duration length) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/run/1/response"))
                .POST(BodyPublishers.ofString("{\"token\":\"ceiling\",\"filling\":\"" + "x".repeat(1_000) + "\"}"))
                .build();
        return perSecond(length, (end, count) -> {
            while (System.nanoTime() < end) {
                try {
                    var ignored = http.send(call, BodyHandlers.discarding());
                    count.incrementAndGet();
                } catch (IOException hungUp) {
                    // the JDK's server closes a connection now and then that its client is about to use: not counted
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    private interface Caller {
        void callUntil(long end, AtomicLong count);
    }

    private static double perSecond(Duration length, Caller caller) {
        AtomicLong count = new AtomicLong();
        Executor threads = task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            thread.start();
        };
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Stream.generate(() -> CompletableFuture.runAsync(() -> caller.callUntil(end, count), threads))
                .limit(CONNECTIONS)
                .toList()
                .forEach(CompletableFuture::join);
        return count.get() * 1e9 / (System.nanoTime() - start);
    }
}
