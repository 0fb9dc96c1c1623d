package dev.flowmail.verification.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flow's engine on 127.0.0.1, as fast as it can be: says {@code called TIME TOKEN} for each late answer. */
final class EngineSink {
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]*)\"");

    private final HttpServer server;
    private final Lines lines;

    EngineSink(Lines lines) {
        this.lines = lines;
        // else every reply waits 40 ms for the other end's acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/run/1/response", this::take);
        server.createContext("/api/run/1/state/", this::wayBack);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Matcher token = TOKEN.matcher(body);
        lines.say("called", Clock.micros(), token.find() ? token.group(1) : "-");
        answer(exchange, "\"FORWARD\"");
    }

    private void wayBack(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().close();
        answer(exchange, "{\"joinFlowUri\":\"http://localhost:" + port() + "/play/flow\"}");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
