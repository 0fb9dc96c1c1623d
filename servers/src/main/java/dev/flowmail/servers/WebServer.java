package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on 127.0.0.1, with a thread for each request; started at once. What it is not told of is 404. */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "web-server");
        thread.setDaemon(true);
        return thread;
    });

    static {
        // else every reply waits 40 ms for the other end's acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** On any port that is free. */
    public WebServer() {
        this(0);
    }

    public WebServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    /** Who answers what is asked of this path and those that begin with it; closes the exchange. */
    public WebServer on(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** One of its addresses. */
    public String address(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Answers with a text, which may be empty. */
    public static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, text.getBytes(UTF_8));
    }

    /** Answers with bytes, which may be none. */
    public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
